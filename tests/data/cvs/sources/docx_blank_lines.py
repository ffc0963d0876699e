import sys

from docx import Document

d = Document()


def line(text="", bold=False):
    d.add_paragraph().add_run(text).bold = bold


line("Oluwaseun Adeyemi-Roth", True)
line("Zürich")
line("seun@adeyemi-roth.example, +41 79 123 45 67")
line()
line("Platform engineer who likes boring technology. I have run payments, trams and a bakery's web shop.")
line()
line("Platform Engineer", True)
line("SBB, Bern")
line("04/2021 until now")
line("Kubernetes for 60 teams. Moved logging from Splunk to Loki and saved 400,000 francs a year.")
line()
line("DevOps Engineer", True)
line("Twint AG, Zürich")
line("10/2017 to 03/2021")
line("Pipelines in GitLab CI, secrets in Vault, servers by Ansible.")
line()
line("System Administrator", True)
line("Bäckerei Hug, Luzern")
line("08/2014 to 09/2017")
line("Everything with a plug.")
line()
line("BSc Information Technology", True)
line("Lucerne University of Applied Sciences and Arts")
line("2011 to 2014")
line()
line("Kubernetes, Helm, Ansible, GitLab CI, Vault, Loki, Prometheus, Bash, Go")
line()
line("English and Yoruba (native), German (C1)")
d.save(sys.argv[1])
