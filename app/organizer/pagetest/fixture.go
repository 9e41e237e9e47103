package pagetest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/problems"
	"fayi/judging/office/rules"
	"fayi/judging/store/bolt"
)

// tick is a clock that goes on by a second each time it is read.
func tick() func() time.Time {
	at := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	return func() time.Time {
		at = at.Add(time.Second)
		return at
	}
}

// chance is a source of randomness that never ends and says the same in each test: every mark of a score draws from it.
type chance struct {
	one  sync.Mutex
	last byte
}

// Read fills p.
func (c *chance) Read(p []byte) (int, error) {
	c.one.Lock()
	defer c.one.Unlock()
	for i := range p {
		c.last = c.last*5 + 17
		p[i] = c.last
	}
	return len(p), nil
}

// NewContest makes an empty contest in a folder that is checked and removed at the end.
func NewContest(t *testing.T) *office.Office {
	t.Helper()
	return newContest(t, new(chance))
}

// FormerContest makes an empty contest that is another one than NewContest makes.
func FormerContest(t *testing.T) *office.Office {
	t.Helper()
	return newContest(t, &chance{last: 99})
}

func newContest(t *testing.T, random *chance) *office.Office {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(
		t.Context(),
		office.Config{
			DB: db, Blobs: blobs, Dir: dir, Now: tick(), Random: random, Actor: "organiser", Cache: os.TempDir(),
			OpenCopy: bolt.OpenCopy,
		},
		"甲县法治作品征集", "甲县司法局", rules,
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
		judgetest.CheckFile(t, filepath.Join(dir, "contest.db"))
	})
	return o
}

// WorksFolder writes a list of n works and a row without a title, and a picture for the first work.
func WorksFolder(t *testing.T, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "来稿")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("作品名称,作者,类别,组别,单位,联系电话\n")
	for i := range n {
		category, group := "摄影", "成人组"
		if i%2 == 1 {
			category, group = "书法", "小学组"
		}
		fmt.Fprintf(&b, "作品%02d,作者%02d,%s,%s,单位%d,1390000%04d\n", i+1, i+1, category, group, i%3+1, i)
	}
	b.WriteString(",无题者,摄影,成人组,单位1,13900000000\n")
	Write(t, filepath.Join(dir, "汇总表.csv"), []byte(b.String()))
	Write(t, filepath.Join(dir, "作品01.png"), PngOf(t, 40, 30))
	return dir
}

// Write writes a file of a test.
func Write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// PngOf returns a PNG of w × h pixels.
func PngOf(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	img.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// WithWorks is a contest with n works.
func WithWorks(t *testing.T, n int) *office.Office {
	t.Helper()
	o := NewContest(t)
	if _, err := o.Intake().ImportWorks(
		t.Context(), intake.ImportRequest{Sources: []string{WorksFolder(t, n)}}, nil,
	); err != nil {
		t.Fatal(err)
	}
	letBe(t, o)
	return o
}

// letBe settles the rows that were left out, which publishing asks about.
func letBe(t *testing.T, o *office.Office) {
	t.Helper()
	all, err := o.Problems().ListProblems(t.Context(), problems.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if !p.Fatal {
			continue
		}
		if _, err := o.Problems().DismissRows(t.Context(), p.ID, nil, "不参赛"); err != nil {
			t.Fatal(err)
		}
	}
}

// WithJudges is a contest with n works and four judges, the first from the unit of a third of the works.
func WithJudges(t *testing.T, n int) *office.Office {
	t.Helper()
	o := WithWorks(t, n)
	for i, name := range []string{"赵一", "钱二", "孙三", "李四"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
			Name: name, Unit: "单位" + fmt.Sprint(map[int]int{0: 1, 1: 8, 2: 9, 3: 7}[i]),
		}); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// WithPlan is a contest with n works, four judges and a published plan.
func WithPlan(t *testing.T, n int) *office.Office {
	t.Helper()
	o := WithJudges(t, n)
	seed := uint64(7)
	req := assignment.PlanRequest{Seed: &seed}
	req.PerWork = 3
	if _, err := o.Assignment().PlanAssignment(t.Context(), req, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return o
}

// Score fills and hands in every list of a published plan.
func Score(t *testing.T, o *office.Office) {
	t.Helper()
	all, err := o.Assignment().Assignments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	judges := map[judging.JudgeID]bool{}
	for i, d := range all {
		b := judging.Ballot{Total: float64(60 + (i*7+len(d.Code)*3)%40)}
		if _, err := o.Scoring().EnterScore(
			t.Context(), d.Judge, string(d.Work), b, "", false,
		); err != nil {
			t.Fatal(err)
		}
		judges[d.Judge] = true
	}
	for j := range judges {
		if err := o.Scoring().SubmitScores(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
}

// Settle lays everything out again, as the real window does when what a page loaded needs more room than nothing did.
func Settle(sh *kittest.Shell) {
	size := sh.Win.Canvas().Size()
	sh.Win.Resize(size.AddWidthHeight(2, 2))
	sh.Win.Resize(size)
}

// Shots opens the page in both colours and languages and the smallest and largest type, and finds words that are
// cut or stick out. Set FAYI_SHOTS to a folder to look at them.
func Shots(t *testing.T, name string, make func(sh kit.Shell) kit.Page) {
	t.Helper()
	sh := kittest.New(t)
	for _, lang := range []string{"zh-Hans", "en"} {
		for _, look := range []look.Look{
			{Mode: look.Light, Size: look.Normal}, {Mode: look.Dark, Size: look.Huge, Short: true},
		} {
			sh.Win.Resize(fyne.NewSize(1060, 600)) // what a page has in a window of 1280 × 720
			sh.Speak(lang)
			sh.Look(look)
			p := make(sh)
			sh.Open(p)
			Settle(sh)
			shot := fmt.Sprintf("%s-%s-%s-%s", name, lang, look.Mode, look.Size)
			if os.Getenv("FAYI_SHOTS") != "" { // drawing takes most of the time
				kittest.Shot(t, sh.Win, shot)
			}
			for _, m := range kittest.Misfits(sh.Win) {
				t.Errorf("%s: %s", shot, m)
			}
		}
	}
	for _, err := range sh.Errors {
		t.Errorf("%s: %v", name, err)
	}
}
