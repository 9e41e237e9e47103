package office_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/assets"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// clock counts seconds from a fixed moment, so that every time in a test is known and all differ.
func clock() func() time.Time {
	start := time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	var told atomic.Int64
	return func() time.Time { return start.Add(time.Duration(told.Add(1)) * time.Second) }
}

// chance is a source of bytes that is the same in every run.
type chance struct {
	one  sync.Mutex
	last byte
}

func (c *chance) Read(p []byte) (int, error) {
	c.one.Lock()
	defer c.one.Unlock()
	for i := range p {
		c.last = c.last*5 + 17
		p[i] = c.last
	}
	return len(p), nil
}

func config(t *testing.T) office.Config {
	t.Helper()
	dir := t.TempDir()
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close() })
	return office.Config{
		DB:     judgetest.OpenStrict(t),
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: new(chance),
		Actor:  "organiser",
		Cache:  os.TempDir(),
	}
}

// newOffice makes a contest by the bundled rules on the Strict store.
func newOffice(t *testing.T) *office.Office {
	t.Helper()
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), config(t), "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// table writes rows as a workbook and returns its path.
func table(t *testing.T, name string, rows ...[]any) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := paper.WriteGrids(f, []paper.Grid{{Name: "作品", Rows: rows}}); err != nil {
		t.Fatal(err)
	}
	return path
}

var header = []any{"作品名称", "类别", "组别", "作者", "单位", "指导教师", "联系电话"}

func worksFile(t *testing.T, n int) string {
	t.Helper()
	rows := [][]any{header}
	for i := range n {
		rows = append(rows, []any{
			fmt.Sprintf("法治之光%d", i+1), []string{"书法", "绘画", "征文"}[i%3], "小学组", fmt.Sprintf("甲某%d", i+1),
			fmt.Sprintf("示例第%d小学", i%5+1),
			"乙老师",
			fmt.Sprintf("1380000%04d", i),
		})
	}
	return table(t, "作品.xlsx", rows...)
}

func importAll(t *testing.T, o *office.Office, req intake.ImportRequest) intake.ImportReport {
	t.Helper()
	r, err := o.Intake().ImportWorks(t.Context(), req, nil)
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	return r
}

func addJudges(t *testing.T, o *office.Office, n int) {
	t.Helper()
	for i := range n {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
			Name: fmt.Sprintf("评委%c", 'A'+i),
			Unit: fmt.Sprintf("示例协会%d", i),
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// published is a contest of n works and six judges with a plan in force.
func published(t *testing.T, n int) *office.Office {
	t.Helper()
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, n)}})
	addJudges(t, o, 6)
	publish(t, o)
	return o
}

func publish(t *testing.T, o *office.Office) judging.Plan {
	t.Helper()
	planNow(t, o)
	p, err := o.Assignment().PublishPlan(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// planNow makes a draft plan.
func planNow(t *testing.T, o *office.Office) {
	t.Helper()
	seed := uint64(1)
	if _, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{Seed: &seed}, nil); err != nil {
		t.Fatal(err)
	}
}

// words speaks Chinese.
func words(t *testing.T) paper.Words {
	t.Helper()
	c, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c.In("zh-Hans").T
}

func wantCode(t *testing.T, err error, code judging.Code, text string) {
	t.Helper()
	var told interface {
		Message() (string, map[string]any)
	}
	if judging.CodeOf(err) != code {
		t.Fatalf("code %q of error %v, want %q", judging.CodeOf(err), err, code)
	}
	if told, _ = err.(interface {
		Message() (string, map[string]any)
	}); told != nil && text != "" {
		if key, _ := told.Message(); key != text {
			t.Fatalf("text %q, want %q", key, text)
		}
	}
}
