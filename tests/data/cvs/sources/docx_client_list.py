import sys

from docx import Document

d = Document()
d.add_heading("Sanna Koivisto-Díaz", 0)
d.add_paragraph(
    "Independent consultant, information security · Tampere, "
    "Finland\nsanna@koivistodiaz.example · +358 40 123 4567 · koivistodiaz.example"
)
d.add_heading("In short", 1)
d.add_paragraph(
    "Since 2015 I have helped banks, ports and hospitals not to be in the "
    "news. CISSP, OSCP. Before that I was a developer."
)
d.add_heading("Services", 1)
d.add_paragraph("Threat modelling, penetration tests, security architecture, training of developers")
d.add_heading("Selected engagements", 1)
for text in (
    "2024-02 – present\tPort of Hamburg\tSecurity architect: zero trust for cranes",
    "2022-09 – 2024-01\tOP Financial Group\tPenetration tester: mobile bank, payment APIs",
    "2021-01 – 2022-08\tHUS Helsinki University Hospital\tSecurity consultant: threat models of 30 devices",
    "2018-03 – 2020-12\tWärtsilä\tSecurity consultant: engines with an IP address",
    "2015-05 – 2018-02\tseveral small clients\tTrainer: secure coding in Java and C",
):
    d.add_paragraph(text)
d.add_heading("Permanent posts", 1)
d.add_paragraph("2010-06 – 2015-04\tNokia\tSoftware developer: C++ for base stations")
d.add_heading("Tools and techniques", 1)
d.add_paragraph(
    "Burp Suite, Nmap, Ghidra, Wireshark, Metasploit / Python, Go, C / Terraform, AWS, Kubernetes / STRIDE, OWASP ASVS"
)
d.add_heading("Degrees and certificates", 1)
d.add_paragraph("2010\tTampere University of Technology\tM.Sc. (Tech.), Information Security")
d.add_paragraph("2019\tOSCP, Offensive Security")
d.add_paragraph("2016\tCISSP, (ISC)²")
d.save(sys.argv[1])
