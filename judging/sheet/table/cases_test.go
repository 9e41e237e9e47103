package table

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
)

// Each file of testdata/cases stands for a shape that people give to a list. Its truth, written by hand next to it,
// says which works are taken, in their order, how many rows are refused and noted, and which problems come up:
//
//	work 标题=守法 作者=甲某+乙某     as brief writes it; only the fields named are compared, “-” is an empty one
//	refused 1
//	noted 3
//	tells row_above_head            the problem of a sheet, or of a row, comes up
//	silent two_columns_kept         it does not

// caseRules are those of the contest that the cases are of.
var caseRules = func() judging.Rules {
	r := judging.Rules{Groups: []judging.GroupRule{
		{Name: "小学组", Alias: []string{"小学"}}, {Name: "初中组", Alias: []string{"初中"}},
		{Name: "高中组", Alias: []string{"高中"}}, {Name: "成人组", Alias: []string{"教职工"}},
	}}
	for _, c := range []judging.Category{
		{Name: "书法"}, {Name: "绘画", Alias: []string{"国画", "美术"}}, {Name: "摄影"},
		{Name: "微视频", Alias: []string{"短视频"}}, {Name: "征文"}, {Name: "漫画"},
	} {
		c.Groups = []string{"小学组", "初中组", "高中组", "成人组"}
		r.Categories = append(r.Categories, c)
	}
	return r
}()

// caseTruth is a truth file.
type caseTruth struct {
	judges, silent []string
	works          []map[string]string
	tells          []string
	counts         map[string]int
}

var truthField = regexp.MustCompile(`(\S+?)=(\S+)`)

func readTruth(t *testing.T, path string) caseTruth {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	truth := caseTruth{counts: map[string]int{}}
	for line := range strings.Lines(string(data)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "", "#":
		case "work":
			fields := map[string]string{}
			for _, m := range truthField.FindAllStringSubmatch(rest, -1) {
				fields[m[1]] = strings.ReplaceAll(m[2], "␣", " ")
			}
			truth.works = append(truth.works, fields)
		case "judge":
			truth.judges = append(truth.judges, rest)
		case "tells":
			truth.tells = append(truth.tells, rest)
		case "silent":
			truth.silent = append(truth.silent, rest)
		case "refused", "noted", "rows":
			n, err := strconv.Atoi(rest)
			if err != nil {
				t.Fatal(err)
			}
			truth.counts[word] = n
		default:
			t.Fatalf("%s: what is %q?", path, line)
		}
	}
	return truth
}

// caseFields are the fields of a work as truths name them.
func caseFields(w judging.Work) map[string]string {
	fields := map[string]string{
		"标题": w.Title, "类": w.Category, "组": w.Group, "作者": strings.Join(w.Authors, "+"), "单位": w.Unit, "报送": w.Sender,
		"指导": strings.Join(w.Teachers, "+"), "联系": w.Contact, "电话": w.Phone, "编号": w.Number, "简介": w.Intro,
		"行": strconv.Itoa(w.Source.Row),
	}
	for k, v := range w.More {
		fields[strings.ReplaceAll(k, " ", "_")] = v
	}
	return fields
}

func caseFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, end := range []string{"xlsx", "xls", "csv"} {
		list, err := filepath.Glob("testdata/cases/*." + end)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, list...)
	}
	return files
}

func TestCasesAreReadAsTheirTruthSays(t *testing.T) {
	files := caseFiles(t)
	if len(files) < 100 {
		t.Fatalf("only %d cases", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			truth := readTruth(t, strings.TrimSuffix(path, filepath.Ext(path))+".truth")
			if truth.judges != nil {
				checkJudgesCase(t, path, truth)
				return
			}
			checkCase(t, path, truth)
		})
	}
}

func checkCase(t *testing.T, path string, truth caseTruth) {
	t.Helper()
	var sheets []ledger.Account
	opt := mapping.Options{Account: func(a ledger.Account) { sheets = append(sheets, a) }}
	r := readBy(t, path, caseRules, opt)
	var taken []WorkRow
	told := codes(r.problems)
	for _, row := range r.rows {
		told = append(told, codes(row.Problems)...)
		if !row.Rejected() {
			taken = append(taken, row)
		}
	}
	if len(taken) != len(truth.works) {
		t.Errorf("%d works, want %d", len(taken), len(truth.works))
	}
	for i, row := range taken[:min(len(taken), len(truth.works))] {
		got := caseFields(row.Work)
		for k, want := range truth.works[i] {
			if v := got[k]; v != want && !(want == "-" && v == "") {
				t.Errorf("work %d: %s is %q, want %q", i+1, k, v, want)
			}
		}
	}
	got := map[string]int{}
	for _, a := range sheets {
		if !a.AddsUp() {
			t.Errorf("%+v", a)
		}
		got["refused"] += a.Refused
		got["noted"] += a.Noted
		got["rows"] += a.Rows
	}
	for k, want := range truth.counts {
		if got[k] != want {
			t.Errorf("%s %d, want %d", k, got[k], want)
		}
	}
	if got["refused"] > 0 && !slices.ContainsFunc(told, func(s string) bool { return strings.HasSuffix(s, "!") }) &&
		!slices.ContainsFunc(told, func(s string) bool { return strings.Contains(s, "skipped") }) {
		t.Errorf("%d rows are refused and nothing says why", got["refused"])
	}
	has := func(code string) bool {
		return slices.ContainsFunc(told, func(s string) bool {
			return strings.HasSuffix(strings.TrimSuffix(s, "!"), " "+code)
		})
	}
	for _, code := range truth.tells {
		if !has(code) {
			t.Errorf("%s is not told", code)
		}
	}
	for _, code := range truth.silent {
		if has(code) {
			t.Errorf("%s is told", code)
		}
	}
	if t.Failed() {
		t.Logf("\n%s\n%q\n%+v", strings.Join(briefs(r.rows), "\n"), codes(r.problems), sheets)
		for _, m := range r.mappings {
			for _, c := range m.Columns {
				t.Logf("%s %q = %s %.2f", c.Letter, c.Header, c.Field, c.Confidence)
			}
		}
	}
}

func checkJudgesCase(t *testing.T, path string, truth caseTruth) {
	t.Helper()
	b, err := read.Open(path, filepath.Base(path), grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var got []string
	_, problems, err := ReadJudges(context.Background(), b, contest, mapping.Options{}, func(r JudgeRow) error {
		if !r.Rejected() {
			got = append(got, strings.TrimSpace(r.Judge.Name+" "+r.Judge.Unit))
		}
		return nil
	})
	if err != nil || !slices.Equal(got, truth.judges) {
		t.Errorf("%q %v %q", got, err, codes(problems))
	}
}
