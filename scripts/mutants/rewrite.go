package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// build writes packages with all their mutants built in next to the tree and compiles the tests of each folder with
// them. It returns the paths of the test binaries.
func build(packages []*loaded, folders []string, work string) (binaries []string, err error) {
	replace := map[string]string{}
	for i, p := range packages {
		if err := p.write(filepath.Join(work, strconv.Itoa(i)), replace); err != nil {
			return nil, err
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	overlay := filepath.Join(work, "overlay.json")
	if err := os.WriteFile(overlay, data, 0o600); err != nil {
		return nil, err
	}
	for i, folder := range folders {
		binary := filepath.Join(work, fmt.Sprintf("mutants%d.test", i))
		args := []string{"test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, "./" + folder}
		out, err := exec.Command("go", args...).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("the tests with all mutants built in do not compile: %w\n%s", err, out)
		}
		binaries = append(binaries, binary)
	}
	return binaries, nil
}

// write puts the package's files with mutants into a folder and notes what each stands for.
func (p *loaded) write(folder string, replace map[string]string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	add := func(name, text string) error {
		here, err := filepath.Abs(filepath.Join(p.target.pkg, name))
		if err != nil {
			return err
		}
		replace[here] = filepath.Join(folder, name)
		return os.WriteFile(replace[here], []byte(text), 0o600)
	}
	if err := add("zz_mutant_selector.go", fmt.Sprintf(selector, p.name)); err != nil {
		return err
	}
	ids := map[ast.Node]*mutant{}
	for _, m := range p.mutants {
		ids[m.node] = m
	}
	for name := range p.target.files {
		r := rewriter{source: p.sources[name], fset: p.fset, ids: ids}
		f := p.syntax[name]
		if err := add(name, r.text(f, f.FileStart, f.FileEnd)); err != nil {
			return err
		}
	}
	return nil
}

// rewriter writes source text with the mutants built in.
type rewriter struct {
	source []byte
	fset   *token.FileSet
	ids    map[ast.Node]*mutant
}

func (r rewriter) offset(p token.Pos) int { return r.fset.Position(p).Offset }

// text returns the source of a node between two positions, with the mutants below it built in.
func (r rewriter) text(n ast.Node, from, to token.Pos) string {
	var out strings.Builder
	at := r.offset(from)
	ast.Inspect(n, func(c ast.Node) bool {
		m := r.ids[c]
		if c == nil || m == nil {
			return true
		}
		out.Write(r.source[at:r.offset(c.Pos())])
		out.WriteString(r.mutated(m))
		at = r.offset(c.End())
		return false
	})
	out.Write(r.source[at:r.offset(to)])
	return out.String()
}

func (r rewriter) whole(n ast.Node) string { return r.text(n, n.Pos(), n.End()) }

// mutated returns an expression that is the original one unless its mutant is switched on. Each operand stands in
// it once, so that nested expressions do not multiply; and-or keeps evaluating its second operand only where the
// operator in force needs it, by De Morgan's law.
func (r rewriter) mutated(m *mutant) string {
	if a, ok := m.node.(*ast.AssignStmt); ok {
		return fmt.Sprintf("%s += mutantSign(%d, %s)", r.whole(a.Lhs[0]), m.id, r.whole(a.Rhs[0]))
	}
	e := m.node.(*ast.BinaryExpr)
	x, y := r.whole(e.X), r.whole(e.Y)
	switch e.Op {
	case token.EQL, token.NEQ:
		return fmt.Sprintf("(((%s) %s (%s)) != mutantOn(%d))", x, e.Op, y, m.id)
	case token.LAND, token.LOR:
		on := fmt.Sprintf("mutantOn(%d)", m.id)
		return fmt.Sprintf("((((%s) != %s) %s ((%s) != %s)) != %s)", x, on, e.Op, y, on, on)
	}
	helpers := map[token.Token]string{token.LSS: "mutantLess", token.LEQ: "mutantAtMost", token.GTR: "mutantMore",
		token.GEQ: "mutantAtLeast", token.ADD: "mutantSum"}
	return fmt.Sprintf("%s(%d, %s, %s)", helpers[e.Op], m.id, x, y)
}

// selector is the file that each mutated package gets. It switches one mutant on, notes which are reached when asked
// to, and ends a process that a mutant lets fill the memory.
const selector = `package %s

import (
	"cmp"
	"fmt"
	"os"
	"runtime/metrics"
	"strconv"
	"sync"
	"time"
)

var mutantChosen = mutantRead()

func mutantRead() int {
	n, _ := strconv.Atoi(os.Getenv("FAYI_MUTANT"))
	if n > 0 {
		go mutantGuard()
	}
	return n
}

func mutantGuard() {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for {
		if metrics.Read(heap); heap[0].Value.Uint64() > 1<<30 {
			fmt.Println("mutant: more than 1 GiB of memory")
			os.Exit(9)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

var mutantReached, mutantMet = os.Getenv("FAYI_MUTANTS_REACHED"), sync.Map{}

func mutantOn(id int) bool {
	if mutantReached != "" {
		if _, met := mutantMet.LoadOrStore(id, true); !met {
			mutantNote(id)
		}
	}
	return id == mutantChosen
}

func mutantNote(id int) {
	f, err := os.OpenFile(mutantReached, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(f, id)
		f.Close()
	}
	if err != nil {
		panic(err)
	}
}

type mutantNumber interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr | ~float32 | ~float64
}

func mutantLess[T cmp.Ordered](id int, a, b T) bool {
	if mutantOn(id) {
		return a <= b
	}
	return a < b
}

func mutantAtMost[T cmp.Ordered](id int, a, b T) bool {
	if mutantOn(id) {
		return a < b
	}
	return a <= b
}

func mutantMore[T cmp.Ordered](id int, a, b T) bool {
	if mutantOn(id) {
		return a >= b
	}
	return a > b
}

func mutantAtLeast[T cmp.Ordered](id int, a, b T) bool {
	if mutantOn(id) {
		return a > b
	}
	return a >= b
}

func mutantSum[T mutantNumber](id int, a, b T) T {
	if mutantOn(id) {
		return a - b
	}
	return a + b
}

func mutantSign[T mutantNumber](id int, a T) T {
	if mutantOn(id) {
		return -a
	}
	return a
}
`
