package judge_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/gallery"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/judging"
)

// order is the ranking's, with the first thing marked.
func (b *bench) order() *gallery.Order {
	b.t.Helper()
	kittest.Tap(b.t, b.root, "我的名次")
	found := kittest.All[*gallery.Order](b.root)
	if len(found) != 1 {
		b.t.Fatalf("%d rankings", len(found))
	}
	b.Focus(found[0])
	return found[0]
}

func TestTheRankingProposesATotalAndWaitsForAYes(t *testing.T) {
	b := sit(t, exhibition(t, 4, 70, 90, 80))
	o := b.order()
	b.shows("1　90 分", "2　80 分", "3　70 分", "书法：我的分数分布")
	code := string(b.duties().Works[0].Code)
	o.Select(code)
	o.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierAlt})
	q := b.Asked[len(b.Asked)-1]
	if !strings.Contains(q.Text, "70 分") || q.Action != "改为 85 分" || b.ballot(0).Total != 70 {
		t.Fatalf("asked %+v, kept %+v", q, b.ballot(0))
	}
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	b.shows("1　90 分", "2　85 分", "3　80 分")
	if o.Selected() != code || b.ballot(0).Total != 85 {
		t.Errorf("at %q, kept %+v", o.Selected(), b.ballot(0))
	}
	o.OnOpen(code)
	b.shows("第 1 件")
}

func TestMarksFollowAProposedTotal(t *testing.T) {
	desk := exhibition(t, 3, 95, 90)
	d, _ := desk.Duties(t.Context())
	r := d.Rubrics["书法"]
	marks := map[string]float64{}
	for _, c := range r.Criteria {
		marks[c.Name] = float64(int(c.Weight / 2))
	}
	third := judging.Ballot{Code: d.Works[2].Code, Marks: marks}
	if _, err := desk.Save(t.Context(), third); err != nil {
		t.Fatal(err)
	}
	b := sit(t, desk)
	b.order().OnMove(string(third.Code), 1)
	content := kittest.Texts(b.Asked[len(b.Asked)-1].Content)
	if len(content) == 0 || !strings.Contains(content[0], "→") {
		t.Errorf("shown %q", content)
	}
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if got := b.ballot(2); got.Total != 92 || got.State != judging.Scored {
		t.Errorf("kept %+v", got)
	}
}

func TestNoRoomBetweenTwoIsSaid(t *testing.T) {
	b := sit(t, exhibition(t, 4, 80, 80, 80))
	o := b.order()
	o.OnMove(string(b.duties().Works[0].Code), 1)
	if len(b.Asked) > 0 || len(b.Told) == 0 {
		t.Errorf("asked %v, told %v", b.Asked, b.Told)
	}
}

// sealed is a desk that wants a secret, can print, and has one calibration work.
type sealed struct {
	judging.Ballots
	secret string
	signed string
}

func (s *sealed) Duties(ctx context.Context) (judging.Duties, error) {
	d, err := s.Ballots.Duties(ctx)
	d.Secret = true
	d.Works[0].Calibration = true
	if d.Works[0].State == judging.Scored {
		d.Calibrations = []judging.Calibration{{
			Code:   d.Works[0].Code,
			Mine:   d.Works[0].Total,
			Low:    70,
			Median: 81,
			High:   92,
			Judges: 5,
		}}
	}
	return d, err
}

func (s *sealed) Submit(ctx context.Context, secret string) error {
	if secret != s.secret {
		return judging.Fail(judging.Forbidden, "scores.not_yours", judging.Args{"Work": ""})
	}
	return s.Ballots.Submit(ctx, secret)
}

func (s *sealed) SignOff(_ context.Context, path string) error {
	s.signed = path
	return os.WriteFile(path, []byte("%PDF-"), 0o600)
}

func TestReviewConfirmsWithTheSecretAndPrints(t *testing.T) {
	book := &sealed{Ballots: exhibition(t, 2, 84, 90), secret: "松竹梅"}
	b := sit(t, book)
	kittest.Tap(t, b.root, "核对并提交")
	b.shows("双击一行可回到那一件修改", "试评：中位 81（70–92）")
	b.Path = filepath.Join(t.TempDir(), "签字表.pdf")
	kittest.Tap(t, b.root, "打印签字表")
	if book.signed != b.Path || b.Told[len(b.Told)-1].Tone != look.Done {
		t.Errorf("signed %q, told %v", book.signed, b.Told)
	}
	kittest.Tap(t, b.root, "提交评分")
	secret := b.Asked[len(b.Asked)-1].Content.(*field.Text)
	if err := b.Answer(t); err != kit.ErrShown || secret.Wrong() == "" {
		t.Errorf("without a secret: %v, at the field %q", err, secret.Wrong())
	}
	secret.SetText("错")
	if err := b.Answer(t); err != kit.ErrShown || b.duties().Submitted || len(b.Errors) != 0 ||
		secret.Text() != "错" || secret.Wrong() == "" {
		t.Fatalf("wrong secret: %v, errors %v, at the field %q", err, b.Errors, secret.Wrong())
	}
	secret.SetText("松竹梅")
	if err := b.Answer(t); err != nil || !b.duties().Submitted {
		t.Fatalf("right secret: %v", err)
	}
	b.shows("评分已提交，不能再改", "打印签字表")
}

func TestCalibrationWorksAreCountedByThemselvesAndThePanelIsToldAfterwards(t *testing.T) {
	book := &sealed{Ballots: exhibition(t, 3)}
	b := atWork(t, book)
	b.shows("试评第 1 件 / 共 1 件", "不计分", "0/2", "试评 0/1")
	b.marks(b.duties().Rubrics["书法"])
	b.shows("第 1 件 / 共 2 件")
	b.page.Load()
	if n := len(b.Told); n == 0 || !strings.Contains(b.Told[n-1].Text, "5 位评委 70–92 分，中位 81 分") {
		t.Errorf("told %v", b.Told)
	}
	kittest.Tap(t, b.root, "上一件")
	b.shows("中位 81 分")
}

// TestTheListNamesCalibrationWorksAndCountsThem has a work that stands in the list twice in life: only its title says
// which is which, and the filter counts what it shows.
func TestTheListNamesCalibrationWorksAndCountsThem(t *testing.T) {
	b := sit(t, &sealed{Ballots: exhibition(t, 3)})
	b.shows(b.duties().Works[0].Title + "（试评，不计分）")
	if kittest.Shows(b.root, b.duties().Works[1].Title+"（试评") {
		t.Error("a work that counts is called one that does not")
	}
	if all := strings.Join(kittest.Texts(b.root), "|"); !strings.Contains(all, "全部|3|没评完|3|") {
		t.Errorf("the filters count otherwise: %s", all)
	}
}

func TestOnTheJudgesOwnComputerTheDeskIsStoppedNotHandedBack(t *testing.T) {
	b := &bench{Shell: kittest.New(t), t: t, book: &sealed{Ballots: exhibition(t, 3)}}
	b.page = judge.NewOwnDesk(b.Shell, b.book, func() { b.left++ })
	b.root = b.Open(b.page)
	if kittest.Shows(b.root, "交还电脑") {
		t.Error("nobody waits for the computer")
	}
	kittest.Tap(t, b.root, "去评分")
	b.shows("要等回执交回以后才能比较")
	kittest.Tap(t, b.root, "退出评分")
	if b.left != 1 {
		t.Errorf("left %d times", b.left)
	}
}

func TestAnUnfinishedListIsNotConfirmed(t *testing.T) {
	b := sit(t, exhibition(t, 3, 80))
	if kittest.Shows(b.root, "核对并提交") {
		t.Error("can be submitted with works open")
	}
}

func TestBoardsFitAtEverySize(t *testing.T) {
	desk := exhibition(t, 12, 80, 80, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91)
	for _, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		for i, lang := range []string{"zh-Hans", "en"} {
			b := &bench{Shell: kittest.New(t), t: t, book: desk}
			b.Look(look.Look{Mode: []look.Mode{look.Light, look.Dark}[i], Size: size})
			b.Speak(lang)
			b.page = judge.NewDesk(b.Shell, b.book, func() {})
			b.root = b.Open(b.page)
			for _, view := range []string{"desk.ranking", "desk.review_go"} {
				kittest.Tap(t, b.root, b.T(view, nil))
				b.Win.Resize(fyne.NewSize(1280, 600)) // only a change of size lays out again
				b.Win.Resize(fyne.NewSize(1280, 610))
				kittest.Settle(b.root)
				for _, m := range kittest.Misfits(b.Win) {
					t.Errorf("%s %s %s: %s", size, lang, view, m)
				}
				kittest.Shot(t, b.Win, fmt.Sprintf("%s-%s-%s", view, size, lang))
				b.page.(kit.Keyed).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			}
		}
	}
}
