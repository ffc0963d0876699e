"""Every language on every backend that has it: functions with typed arguments, programs, what does not compile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interviewlab.errors import BadSubmission
from interviewlab.ports import Sandbox
from interviewlab.sandbox.languages import ENTRIES
from interviewlab.types import (
    FunctionCase,
    FunctionTests,
    Language,
    ProgramTests,
    RunResult,
    StdinCase,
    StdinTests,
    Submission,
    TestSuite,
)
from tests.walls import BACKENDS, opened

COMPILED: tuple[Language, ...] = ("typescript", "java", "cpp", "go")
"""Python and JavaScript have tests of their own in test_sandbox_runs.py."""


@pytest.fixture(scope="module", params=BACKENDS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with opened(request.param) as sandbox:
        yield sandbox


async def run(sandbox: Sandbox, language: Language, code: str, suite: TestSuite | None = None) -> RunResult:
    if language not in sandbox.health().languages:
        pytest.skip(f"there is no toolchain for {language} on {sandbox.name} here")
    return await sandbox.run(Submission(code=code, language=language), suite)


def shortfall(result: RunResult) -> list[str]:
    return [f"{test.outcome}: {test.input} gave {test.got}" for test in result.tests if not test.passed]


MIXED: dict[Language, str] = {
    "typescript": """
export function mixed(
  whole: number, real: number, word: string, flag: boolean, rows: number[][], ages: Record<string, number>,
): unknown[] {
  const older: Record<string, number> = {};
  for (const [name, age] of Object.entries(ages)) older[name] = age + 1;
  return [whole + 1, real / 2, word.toUpperCase(), !flag, rows.map((row) => [...row].reverse()), older];
}
""",
    "java": """
import java.util.*;

class Solution {
    Object[] mixed(int whole, double real, String word, boolean flag, int[][] rows, Map<String, Integer> ages) {
        Map<String, Integer> older = new HashMap<>();
        ages.forEach((name, age) -> older.put(name, age + 1));
        List<List<Integer>> turned = new ArrayList<>();
        for (int[] row : rows) {
            LinkedList<Integer> one = new LinkedList<>();
            for (int number : row) one.addFirst(number);
            turned.add(one);
        }
        return new Object[] {whole + 1, real / 2, word.toUpperCase(), !flag, turned, older};
    }
}
""",
    "cpp": """
#include <bits/stdc++.h>
using namespace std;

tuple<int, double, string, bool, vector<vector<int>>, map<string, int>> mixed(
    int whole, double real, const string& word, bool flag, vector<vector<int>>& rows, unordered_map<string, int> ages
) {
    string upper;
    for (char sign : word) upper += toupper(sign);
    for (auto& row : rows) reverse(row.begin(), row.end());
    map<string, int> older;
    for (auto& [name, age] : ages) older[name] = age + 1;
    return {whole + 1, real / 2, upper, !flag, rows, older};
}

int main() { return 1; }
""",
    "go": """
package main

import "strings"

func mixed(whole int, real float64, word string, flag bool, rows [][]int, ages map[string]int) []any {
	for _, row := range rows {
		for i, j := 0, len(row)-1; i < j; i, j = i+1, j-1 {
			row[i], row[j] = row[j], row[i]
		}
	}
	older := map[string]int{}
	for name, age := range ages {
		older[name] = age + 1
	}
	return []any{whole + 1, real / 2, strings.ToUpper(word), !flag, rows, older}
}

func main() { panic("never") }
""",
}
MIXED_TESTS = FunctionTests(
    name="mixed",
    cases=(
        FunctionCase(
            args=(41, 5, 'a "b"\n\\', True, [[1, 2, 3], []], {"ann": 30}),
            expect=[42, 2.5, 'A "B"\n\\', False, [[3, 2, 1], []], {"ann": 31}],
        ),
        FunctionCase(args=(-3, 1e-3, "", False, [], {}), expect=[-2, 0.0005, "", True, [], {}], category="empty"),
    ),
)


@pytest.mark.parametrize("language", COMPILED)
async def test_arguments_arrive_as_the_types_that_are_declared(sandbox: Sandbox, language: Language) -> None:
    result = await run(sandbox, language, MIXED[language], MIXED_TESTS)
    assert (result.outcome, shortfall(result)) == ("ok", []), result.stderr


LETTERS: dict[Language, str] = {
    "java": """
import java.util.*;

class Solution {
    Map<Character, Integer> add(Map<Character, Integer> counts, String word) {
        Map<Character, Integer> all = new HashMap<>(counts);
        for (char sign : word.toCharArray()) all.merge(sign, 1, Integer::sum);
        return all;
    }
}
""",
    "cpp": """
#include <bits/stdc++.h>
using namespace std;

unordered_map<char, int> add(map<char, int> counts, const string& word) {
    unordered_map<char, int> all(counts.begin(), counts.end());
    for (char sign : word) ++all[sign];
    return all;
}
""",
}
LETTERS_TESTS = FunctionTests(
    name="add",
    cases=(
        FunctionCase(args=({"t": 1, '"': 2}, "at"), expect={"t": 2, '"': 2, "a": 1}),
        FunctionCase(args=({"1": 1}, ""), expect={"1": 1}),
    ),
)


@pytest.mark.parametrize("language", list(LETTERS))
async def test_keys_of_maps_may_be_characters(sandbox: Sandbox, language: Language) -> None:
    result = await run(sandbox, language, LETTERS[language], LETTERS_TESTS)
    assert (result.outcome, shortfall(result)) == ("ok", []), result.stderr


NODES: dict[Language, str] = {
    "python": """
from __future__ import annotations
from dataclasses import dataclass

class ListNode:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next

@dataclass
class TreeNode:
    val: int
    left: TreeNode | None = None
    right: TreeNode | None = None

class Solution:
    def turn(self, head: ListNode | None, root: TreeNode | None):
        turned = None
        while head:
            head.next, turned, head = turned, head, head.next
        return turned, self.mirror(root)

    def mirror(self, node):
        if node:
            node.left, node.right = self.mirror(node.right), self.mirror(node.left)
        return node
""",
    "javascript": """
class ListNode { constructor(val, next) { this.val = val; this.next = next ?? null; } }
function TreeNode(val, left, right) { this.val = val; this.left = left ?? null; this.right = right ?? null; }
/**
 * @param {ListNode} head
 * @param {TreeNode} root
 */
var turn = function (head, root) {
  let turned = null;
  while (head) [head.next, turned, head] = [turned, head, head.next];
  return [turned, mirror(root)];
};
const mirror = (node) => {
  if (node) [node.left, node.right] = [mirror(node.right), mirror(node.left)];
  return node;
};
""",
    "typescript": """
class ListNode { val: number; next: ListNode | null; constructor(val: number) { this.val = val; this.next = null; } }
interface TreeNode { val: number; left: TreeNode | null; right: TreeNode | null }
function turn(head: ListNode | null, root: TreeNode | null): [ListNode | null, TreeNode | null] {
  let turned: ListNode | null = null;
  while (head) { const next = head.next; head.next = turned; turned = head; head = next; }
  return [turned, mirror(root)];
}
const mirror = (node: TreeNode | null): TreeNode | null => {
  if (node) [node.left, node.right] = [mirror(node.right), mirror(node.left)];
  return node;
};
""",
    "java": """
class ListNode { int val; ListNode next; ListNode(int val) { this.val = val; } }
class TreeNode { int val; TreeNode left, right; }
class Solution {
    Object[] turn(ListNode head, TreeNode root) {
        ListNode turned = null;
        while (head != null) { ListNode next = head.next; head.next = turned; turned = head; head = next; }
        return new Object[] {turned, mirror(root)};
    }
    private TreeNode mirror(TreeNode node) {
        if (node == null) return null;
        TreeNode left = mirror(node.left);
        node.left = mirror(node.right);
        node.right = left;
        return node;
    }
}
""",
    "cpp": """
#include <utility>
struct ListNode { int val; ListNode* next; ListNode(int x) : val(x), next(nullptr) {} };
struct TreeNode { int val; TreeNode *left = nullptr, *right = nullptr; TreeNode(int x) : val(x) {} };
class Solution {
public:
    std::pair<ListNode*, TreeNode*> turn(ListNode* head, TreeNode* root) {
        ListNode* turned = nullptr;
        while (head) { ListNode* next = head->next; head->next = turned; turned = head; head = next; }
        return {turned, mirror(root)};
    }
    TreeNode* mirror(TreeNode* node) {
        if (!node) return node;
        std::swap(node->left, node->right);
        mirror(node->left), mirror(node->right);
        return node;
    }
};
""",
    "go": """
package main

type ListNode struct { Val int; Next *ListNode }
type TreeNode struct { Val int; Left, Right *TreeNode }

func turn(head *ListNode, root *TreeNode) (*ListNode, *TreeNode) {
	var turned *ListNode
	for head != nil { head.Next, turned, head = turned, head, head.Next }
	return turned, mirror(root)
}

func mirror(node *TreeNode) *TreeNode {
	if node != nil { node.Left, node.Right = mirror(node.Right), mirror(node.Left) }
	return node
}
""",
}
NODES_TESTS = FunctionTests(
    name="turn",
    cases=(
        FunctionCase(args=([1, 2, 3], [1, 2, 3, None, 4]), expect=[[3, 2, 1], [1, 3, 2, None, None, 4]]),
        FunctionCase(args=([5], [7]), expect=[[5], [7]]),
    ),
)


@pytest.mark.parametrize("language", list(NODES))
async def test_lists_of_values_become_linked_lists_and_trees(sandbox: Sandbox, language: Language) -> None:
    result = await run(sandbox, language, NODES[language], NODES_TESTS)
    assert (result.outcome, shortfall(result)) == ("ok", []), result.stderr


KEEPS_STATE: dict[Language, str] = {
    "python": """
class Solution:
    made = 0

    def __init__(self):
        Solution.made += 1
        self.seen = []

    def collect(self, x):
        self.seen.append(x)
        return self.seen, Solution.made
""",
    "java": """
import java.util.*;
class Solution {
    static int made;
    final List<Integer> seen = new ArrayList<>();
    Solution() { made++; }
    Object[] collect(int x) { seen.add(x); return new Object[] {seen, made}; }
}
""",
    "cpp": """
#include <bits/stdc++.h>
class Solution {
    static inline int made = 0;
    std::vector<int> seen;
    char room[64 << 20];
public:
    Solution() { ++made; std::memset(room, 1, sizeof room); }
    std::pair<std::vector<int>, int> collect(int x) { seen.push_back(x); return {seen, made}; }
};
""",
}


@pytest.mark.parametrize("language", list(KEEPS_STATE))
async def test_each_case_has_an_object_of_its_own_and_the_class_is_shared(sandbox: Sandbox, language: Language) -> None:
    cases = tuple(FunctionCase(args=(one,), expect=[[one], one]) for one in range(1, 9))
    result = await run(sandbox, language, KEEPS_STATE[language], FunctionTests(name="collect", cases=cases))
    assert (result.outcome, shortfall(result)) == ("ok", []), result.stderr


FAILS_WHEN_MADE_AGAIN: dict[Language, str] = {
    "python": "class Solution:\n    made = 0\n    def __init__(self):\n        Solution.made += 1\n"
    "        if Solution.made == 2: raise ValueError('again')\n    def same(self, x): return x\n",
    "java": "class Solution { static int made; int same(int x) { return x; }\n"
    'Solution() { if (++made == 2) throw new IllegalStateException("again"); } }\n',
    "cpp": "#include <stdexcept>\nstruct Solution { static inline int made = 0; int same(int x) { return x; }\n"
    'Solution() { if (++made == 2) throw std::runtime_error("again"); } };\n',
}


@pytest.mark.parametrize("language", list(FAILS_WHEN_MADE_AGAIN))
async def test_object_that_cannot_be_made_fails_its_case_alone(sandbox: Sandbox, language: Language) -> None:
    suite = FunctionTests(name="same", cases=tuple(FunctionCase(args=(one,), expect=one) for one in range(3)))
    result = await run(sandbox, language, FAILS_WHEN_MADE_AGAIN[language], suite)
    assert [test.outcome for test in result.tests] == ["ok", "runtime_error", "ok"], result.stderr
    assert "again" in result.tests[1].got


DROPS_FIRST: dict[Language, str] = {
    "python": "class ListNode:\n    def __init__(self, value): self.value, self.next = value, None\n"
    "def drop(head: 'ListNode') -> 'ListNode':\n    return head and head.next\n",
    "javascript": "/** @param {ListNode} head\n * @return {ListNode} */\nconst drop = (head) => head && head.next;\n",
    "typescript": "type ListNode = { val: number, next: ListNode | null };\n"
    "const drop = (head: ListNode | null): ListNode | null => head && head.next;\n",
    "java": "class ListNode { int val; ListNode next; }\n"
    "class Solution { ListNode drop(ListNode head) { return head == null ? null : head.next; } }\n",
}


@pytest.mark.parametrize("language", list(DROPS_FIRST))
async def test_no_node_is_an_empty_list(sandbox: Sandbox, language: Language) -> None:
    cases = tuple(FunctionCase(args=(given,), expect=given[1:]) for given in ([], [1], [1, 2, 3]))
    result = await run(sandbox, language, DROPS_FIRST[language], FunctionTests(name="drop", cases=cases))
    assert (result.outcome, shortfall(result)) == ("ok", []), result.stderr


ADDING: dict[Language, str] = {
    "typescript": 'import * as fs from "fs";\nconst given: string = fs.readFileSync(0, "utf8");\n'
    'console.log(given.split(" ").map(Number).reduce((a, b) => a + b, 0));\n',
    "java": "import java.util.Scanner;\npublic class Adder {\n    public static void main(String[] args) {\n"
    "        Scanner in = new Scanner(System.in);\n        int sum = 0;\n"
    "        while (in.hasNextInt()) sum += in.nextInt();\n        System.out.println(sum);\n    }\n}\n",
    "cpp": "#include <iostream>\nint main() { int sum = 0, n; while (std::cin >> n) sum += n; std::cout << sum; }\n",
    "go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tsum, n := 0, 0\n\tfor {\n'
    "\t\tif _, err := fmt.Scan(&n); err != nil {\n\t\t\tbreak\n\t\t}\n\t\tsum += n\n\t}\n\tfmt.Println(sum)\n}\n",
}


@pytest.mark.parametrize("language", COMPILED)
async def test_program_is_compiled_once_and_run_for_each_case(sandbox: Sandbox, language: Language) -> None:
    suite = StdinTests(cases=(StdinCase(stdin="1 2 3\n", stdout="6"), StdinCase(stdin="4 5", stdout="10")))
    result = await run(sandbox, language, ADDING[language], suite)
    assert [(test.passed, test.outcome, test.got.strip()) for test in result.tests] == [
        (True, "ok", "6"),
        (False, "wrong_answer", "9"),
    ], result.stderr


BROKEN: dict[Language, tuple[str, str]] = {
    "typescript": ("\nconst total: number = 'three';\n", "solution.ts(2,7)"),
    "java": ('class Solution {\n    int three() { return "three"; }\n}\n', "Main.java:2"),
    "cpp": ("int three() {\n    return missing;\n}\n", "solution.cpp:2"),
    "go": ("package main\n\nfunc three() int {\n\tvar unused int\n\treturn 3\n}\n", "solution.go:4"),
}


@pytest.mark.parametrize("language", COMPILED)
async def test_what_does_not_compile_says_where_in_the_compilers_words(sandbox: Sandbox, language: Language) -> None:
    code, place = BROKEN[language]
    suite = FunctionTests(name="three", cases=(FunctionCase(args=(), expect=3),) * 2)
    result = await run(sandbox, language, code, suite)
    assert (result.outcome, [test.outcome for test in result.tests]) == ("compile_error", ["compile_error"] * 2)
    assert place in result.stderr
    assert place in result.tests[0].got
    assert not [path for path in ("/tmp", "/root", "/opt") if path in result.stderr]


CRASHING: dict[Language, tuple[str, str]] = {
    "typescript": ("function crash(xs: number[]): number { return (xs as any).none.none; }\n", "TypeError"),
    "java": ("class Solution { int crash(int[] xs) { return xs[99]; } }\n", "ArrayIndexOutOfBounds"),
    "cpp": ("#include <vector>\nint crash(std::vector<int> xs) { return xs.at(99); }\n", "range_check"),
    "go": ("package main\nfunc crash(xs []int) int { return xs[99] }\n", "index out of range"),
}


@pytest.mark.parametrize("language", COMPILED)
async def test_crash_is_a_runtime_error_of_its_case_alone(sandbox: Sandbox, language: Language) -> None:
    code, words = CRASHING[language]
    cases = (FunctionCase(args=([1],), expect=1), FunctionCase(args=("not a list",), expect=1))
    result = await run(sandbox, language, code, FunctionTests(name="crash", cases=cases))
    assert [test.outcome for test in result.tests] == ["runtime_error", "runtime_error"]
    assert words in result.tests[0].got


EATING: dict[Language, str] = {
    "java": "import java.util.*; public class Main { public static void main(String[] a) {"
    " List<long[]> kept = new ArrayList<>(); while (true) kept.add(new long[1 << 20]); } }",
    "cpp": "#include <vector>\nint main() { std::vector<char*> kept; for (;;) { char* one = new char[1 << 20];"
    " for (int at = 0; at < 1 << 20; at += 4096) one[at] = 1; kept.push_back(one); } }",
    "go": "package main\nvar kept [][]byte\nfunc main() { for { one := make([]byte, 1<<20);"
    " for at := range one { one[at] = 1 }; kept = append(kept, one) } }",
}


@pytest.mark.parametrize("language", ["java", "cpp", "go"])
async def test_eating_memory_ends_at_the_memory_limit(sandbox: Sandbox, language: Language) -> None:
    assert (await run(sandbox, language, EATING[language])).outcome == "memory_limit"


async def test_java_solution_and_its_trusted_tests_are_one_program(sandbox: Sandbox) -> None:
    code = "import java.util.*;\nclass Solution { public int one() { return 1; } }\n"
    test = (
        "public class Main { public static void main(String[] args) {"
        " if (new Solution().one() != %d) throw new AssertionError(); } }"
    )
    assert (await run(sandbox, "java", code, ProgramTests(append=test % 1))).outcome == "ok"
    assert (await run(sandbox, "java", code, ProgramTests(append=test % 2))).outcome == "runtime_error"


TABLES = (
    "CREATE TABLE people (name TEXT, age REAL, city TEXT);"
    "INSERT INTO people VALUES ('Ann; x', 30.5, NULL), ('Bo', 20, 'Ulm');"
)


async def test_sql_gets_tables_and_gives_rows(sandbox: Sandbox) -> None:
    suite = StdinTests(
        cases=(
            StdinCase(stdin=TABLES, stdout="Bo|20.0|Ulm\nAnn; x|30.5|NULL\n"),
            StdinCase(stdin=TABLES + "DELETE FROM people WHERE age < 25;", stdout="Bo|20.0|Ulm", category="deleted"),
        ),
        any_order=True,
    )
    result = await run(sandbox, "sql", "-- all of them; really\nSELECT name, age, city FROM people;", suite)
    assert [test.passed for test in result.tests] == [True, False], result.stderr


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("SELEC name FROM people", "compile_error"),
        ("SELECT height FROM people", "runtime_error"),
        ("ATTACH 'other.db' AS other", "runtime_error"),
        ("PRAGMA writable_schema = 1", "runtime_error"),
        ("SELECT load_extension('x')", "runtime_error"),
    ],
)
async def test_sql_that_is_wrong_or_reaches_out_is_refused_by_the_database(
    sandbox: Sandbox, code: str, outcome: str
) -> None:
    suite = StdinTests(cases=(StdinCase(stdin=TABLES, stdout=""),))
    assert (await run(sandbox, "sql", code, suite)).outcome == outcome


async def test_sql_has_no_functions(sandbox: Sandbox) -> None:
    with pytest.raises(BadSubmission, match="no functions"):
        await run(sandbox, "sql", "SELECT 1", FunctionTests(name="f", cases=(FunctionCase(args=(), expect=1),)))


def test_docker_has_every_language(sandbox: Sandbox) -> None:
    if sandbox.name == "docker":
        assert set(sandbox.health().languages) == set(ENTRIES)
    assert {"python", "javascript", "sql"} <= set(sandbox.health().languages)
