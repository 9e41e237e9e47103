package scoring

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
	"fayi/judging/sheet/paper"
)

// typedIn is a contest in which the first judge's list came in a sheet: every work has 80.
func typedIn(t *testing.T) (*office.Office, judging.Duties) {
	t.Helper()
	o := pagetest.WithPlan(t, 4)
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := o.Contest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := paper.ScoreSheet{Contest: c.ID, Duties: d, Ballots: map[judging.WorkCode]judging.Ballot{}}
	s.Duties.TotalOnly = true
	for _, w := range d.Works {
		marks := map[string]float64{}
		for _, k := range d.Rubrics[w.Category].Criteria {
			marks[k.Name] = k.Weight * 0.8
		}
		s.Ballots[w.Code] = judging.Ballot{Code: w.Code, State: judging.Scored, Marks: marks, Total: 80}
	}
	path := filepath.Join(t.TempDir(), "评分表.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := paper.WriteScoreSheet(f, s, kittest.New(t).T); err != nil {
		t.Fatal(err)
	}
	if r, err := o.Collecting().CollectScores(t.Context(), []string{path}, collecting.Options{}); err != nil ||
		len(r.Files[0].Changed) != len(d.Works) {
		t.Fatalf("%+v, %v", r, err)
	}
	d, err = o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return o, d
}

// typing types into the field that has the cursor and presses Enter.
func typing(t *testing.T, sh *kittest.Shell, text string) {
	t.Helper()
	e, ok := sh.Win.Canvas().Focused().(*field.Entry)
	if !ok {
		t.Fatalf("%T has the cursor", sh.Win.Canvas().Focused())
	}
	e.SetText(text)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func TestASecondPersonTypesTotalAfterTotalWithoutSeeingTheFirst(t *testing.T) {
	o, d := typedIn(t)
	sh := kittest.New(t)
	root := sh.Open(newVerifyPage(sh, page.StagesOf(o)))
	if shown := strings.Join(kittest.Texts(root), " "); strings.Contains(shown, "80") {
		t.Errorf("the first total is shown: %q", shown)
	}
	typing(t, sh, "李四")
	typing(t, sh, "81")
	if n := len(sh.Told); n == 0 || sh.Told[n-1].Tone != look.Problem ||
		!strings.Contains(sh.Told[n-1].Text, "评分表上是 80，您打的是 81") {
		t.Fatalf("told %+v", sh.Told)
	}
	for range d.Works[1:] {
		typing(t, sh, "80")
		if n := len(sh.Told); sh.Told[n-1].Tone != look.Done {
			t.Errorf("told %+v", sh.Told[n-1])
		}
	}
	for _, want := range []string{"都核对完了", "不一致 1 处", "评分表 80　第二次 81（李四）"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "确认评分表没错…")
	kittest.All[*field.Text](sh.Asked[len(sh.Asked)-1].Content)[1].SetText("看错行")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if !kittest.Shows(root, "到现在没有不一致的总分") {
		t.Errorf("shown: %q", kittest.Texts(root))
	}
	p := sh.Open(newProgressPage(sh, page.PapersOf(o)))
	kittest.Tap(t, p, "核对 "+strconv.Itoa(len(d.Works))+"/"+strconv.Itoa(len(d.Works)))
	if sh.Routes[len(sh.Routes)-1] != (kit.Route{Kind: page.Verify}) {
		t.Error(sh.Routes)
	}
}

func TestWithoutSheetsThereIsNothingToVerify(t *testing.T) {
	sh := kittest.New(t)
	root := sh.Open(newVerifyPage(sh, page.StagesOf(pagetest.WithPlan(t, 4))))
	if !kittest.Shows(root, "没有要核对的评分表") {
		t.Errorf("shown: %q", kittest.Texts(root))
	}
}
