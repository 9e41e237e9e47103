package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// probe is a small module with each operator in it. Its tests see all changes but those listed in want.
var probe = map[string]string{
	"go.mod": "module probe\n\ngo 1.26\n",
	"p/p.go": `package p

type node struct{ value int }

// Both operands of and-or must stay as lazy as they are, or this panics.
func positive(n *node) bool { return n != nil && n.value > 0 || n == nil && yes() }

func yes() bool { return false }

const fixed = 1 + 2

func clamp(v, low, high float64) float64 {
	if v < low {
		return low
	}
	if v >= high {
		return high
	}
	return v
}

func add(list []int, greeting string) (sum int, text string) {
	for _, v := range list {
		sum += v
	}
	text += greeting + "!"
	return sum + fixed, text
}

func unseen(a, b int) bool { return a <= b }

type box struct{ n uint8 }

func (b *box) full() bool { return b.n == 9 }
`,
	"p/p_test.go": `package p

import "testing"

func TestPositive(t *testing.T) {
	if positive(nil) || positive(&node{}) || positive(&node{-1}) || !positive(&node{1}) {
		t.Error("positive")
	}
}

func TestClamp(t *testing.T) {
	for v, want := range map[float64]float64{0: 1, 1: 1, 2: 2, 3: 3, 4: 3} {
		if got := clamp(v, 1, 3); got != want {
			t.Error(v, got)
		}
	}
}

func TestAdd(t *testing.T) {
	if n, s := add([]int{1, 2}, "a"); n != 6 || s != "a!" {
		t.Error(n, s)
	}
}

func TestFull(t *testing.T) {
	if (&box{8}).full() || !(&box{9}).full() {
		t.Error("full")
	}
}
`,
	"conf/targets.txt": "# a comment\n\npackage p\nfile p.go\n",
}

// fates runs the tool on the probe and returns what became of each mutant by function and change.
func fates(t *testing.T, change func(files map[string]string)) map[string]fate {
	t.Helper()
	files := map[string]string{"conf/equal.json": "[]"}
	for name, text := range probe {
		files[name] = text
	}
	change(files)
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	targets, err := readTargets("conf/targets.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]fate{}
	for _, group := range groups(targets) {
		all, err := tryGroup(group, "", 2, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			out[m.function+" "+m.expr+" "+m.to.String()] = m.fate
		}
	}
	return out
}

func TestEachOperatorIsChangedAndTheTestsThatSeeItAreFound(t *testing.T) {
	got := fates(t, func(map[string]string) {})
	want := map[string]fate{
		"positive n != nil && n.value > 0 || n == nil && yes() &&": killed,
		"positive n != nil && n.value > 0 ||":                      killed,
		"positive n != nil ==":                                     killed,
		"positive n.value > 0 >=":                                  killed,
		"positive n == nil && yes() ||":                            killed,
		"positive n == nil !=":                                     alive,
		"clamp v < low <=":                                         alive,
		"clamp v >= high >":                                        alive,
		"add sum += v -=":                                          killed,
		"add sum + fixed -":                                        killed,
		"unseen a <= b <":                                          unreached,
		"box.full b.n == 9 !=":                                     killed,
	}
	for name, fate := range want {
		if got[name] != fate {
			t.Errorf("%s: %q, want %q", name, got[name], fate)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d mutants, want %d: %v", len(got), len(want), got)
	}
}

func TestOnlyListedFunctionsAreChangedAndAMutantThatNeverEndsIsKilled(t *testing.T) {
	got := fates(t, func(files map[string]string) {
		files["conf/targets.txt"] = "package p\nfile p.go box.full\nfile q.go\nrun Full|Count\nskip Nothing\n"
		files["p/q.go"] = "package p\n\nfunc count(n int) int {\n\ti := 0\n" +
			"\tfor i != n {\n\t\ti = i + 1\n\t}\n\treturn i\n}\n"
		files["p/q_test.go"] = "package p\n\nimport \"testing\"\n\n" +
			"func TestCount(t *testing.T) {\n\tif count(1) != 1 {\n\t\tt.Error()\n\t}\n}\n"
	})
	if len(got) != 3 || got["count i != n =="] != killed || got["box.full b.n == 9 !="] != killed {
		t.Errorf("%v", got)
	}
	if f := got["count i + 1 -"]; f != killed && f != endless { // it wraps round after 2⁶⁴ steps
		t.Errorf("the endless one: %q", f)
	}
}

func TestPackagesWithTheSameTestsAreTriedTogether(t *testing.T) {
	got := fates(t, func(files map[string]string) {
		files["conf/targets.txt"] = "package p\nfile p.go box.full\n\npackage q\nfile p.go\ntests p\n\n" +
			"package q\nfile r.go\n"
		files["q/p.go"] = "package q\n\nfunc Seen(a, b int) bool { return a < b }\n\n" +
			"func Unseen(a, b int) bool { return a > b }\n"
		files["q/r.go"] = "package q\n\nfunc own(a, b int) int { return a + b }\n"
		files["q/q_test.go"] = "package q\n\nimport \"testing\"\n\n" +
			"func TestOwn(t *testing.T) {\n\tif own(1, 1) != 2 {\n\t\tt.Error()\n\t}\n}\n"
		files["p/q_test.go"] = "package p_test\n\nimport (\n\t\"testing\"\n\n\t\"probe/q\"\n)\n\n" +
			"func TestQ(t *testing.T) {\n\tif q.Seen(1, 1) || q.Unseen(1, 2) {\n\t\tt.Error()\n\t}\n}\n"
	})
	want := map[string]fate{
		"box.full b.n == 9 !=": killed, "Seen a < b <=": killed, "Unseen a > b >=": alive, "own a + b -": killed,
	}
	for name, fate := range want {
		if got[name] != fate {
			t.Errorf("%s: %q, want %q", name, got[name], fate)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	if n := len(groups([]target{{pkg: "a"}, {pkg: "b", skip: "Y"}, {pkg: "c"}, {pkg: "d", run: "X"}})); n != 3 {
		t.Errorf("%d groups", n)
	}
}

func TestAnEntryMustNameALivingMutant(t *testing.T) {
	mutants := func() []*mutant {
		return []*mutant{{mutantKey: mutantKey{"p/p.go", "f", "a < b", 1}, fate: alive},
			{mutantKey: mutantKey{"p/p.go", "f", "a < b", 2}, fate: killed, killer: "--- FAIL: TestX"}}
	}
	living, dead := entry{"p/p.go", "f", "a < b", 0, "it is so"}, entry{"p/p.go", "f", "a < b", 2, "it is so"}
	gone := entry{"p/p.go", "f", "a < c", 0, "it is so"}
	for _, c := range []struct {
		list  equalList
		stale string
	}{
		{equalList{living}, ""}, {equalList{living, dead}, "a test kills it"}, {equalList{gone}, "no such mutant"},
		{equalList{living, living}, "listed twice"},
	} {
		all := mutants()
		stale := strings.Join(c.list.mark(all, ""), "\n")
		if c.stale == "" && (stale != "" || all[0].equal == "") || !strings.Contains(stale, c.stale) {
			t.Errorf("%+v: %q", c.list, stale)
		}
	}
	if stale := (equalList{gone}).mark(mutants(), "other"); len(stale) != 0 {
		t.Errorf("an entry of a file that was not tried: %v", stale)
	}
}

func TestConfigurationsThatAreWrongAreRefused(t *testing.T) {
	dir := t.TempDir()
	for _, text := range []string{"file p.go\n", "package\n", "package p\nfiles p.go\n", "package p\nrun\n"} {
		path := filepath.Join(dir, "targets.txt")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readTargets(path); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	path := filepath.Join(dir, "equal.json")
	if err := os.WriteFile(path, []byte(`[{"file":"p.go","func":"f","expr":"a < b","why":" "}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readEqual(path); err == nil {
		t.Error("an entry without a reason is taken")
	}
}
