package app

import (
	"path/filepath"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/organizer"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
)

func TestEveryKindOfContestIsMadeFromTheForm(t *testing.T) {
	s := sit(t, Inline{})
	for _, key := range []string{"essay", "art", "film", "stage"} {
		s.Create(organizer.NewContest{Name: key, Folder: s.Home(), Template: key, Year: 2026})
		c, err := s.now().Contest(t.Context())
		if err != nil || c.Template != key || c.Year != 2026 {
			t.Errorf("%s: %+v %v", key, c, err)
		}
	}
}

func TestTheFormSuggestsANameUntilOneIsWritten(t *testing.T) {
	s := sit(t, Inline{})
	s.app.Navigate(kit.Route{Kind: page.New})
	s.shows(t, "2026年法治文化作品征集")
	p := s.app.page.(interface{ Choose(kind string) })
	p.Choose("film")
	s.shows(t, "2026年微视频征集", "微电影", "5 位评委")
	p.Choose("like")
	s.shows(t, "以前的征集", "还没有选")
	kittest.Tap(t, s.root(), "建立征集")
	s.shows(t, "请先选以前的征集")
}

// TestAContestIsMadeLikeASealedOne asks for the password of the earlier contest, tells a wrong one, and takes judges
// and rules over but no works.
func TestAContestIsMadeLikeASealedOne(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "去年的征集")
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "欧阳文清"}); err != nil {
		t.Fatal(err)
	}
	dir := o.Dir()
	s.app.Navigate(kit.Route{Kind: page.Settings})
	kittest.Tap(t, s.root(), s.app.T("settings.set_password", nil))
	s.types(t, "seal.set_do", "秋雨秋雨秋雨秋雨", "秋雨秋雨秋雨秋雨")
	codeShown(t, s)
	top := kittest.Top(s.app.win)
	kittest.All[*choice.Check](top)[0].SetChecked(true)
	kittest.Tap(t, top, s.app.T("seal.code_done", nil))
	s.create(t, "别的征集")
	s.forget()
	s.Create(organizer.NewContest{Name: "今年的征集", Folder: s.Home(), Like: dir})
	s.types(t, "seal.open", "春风春风春风春风")
	if top := kittest.Top(s.app.win); top == nil {
		t.Fatal("a wrong password is not asked again")
	}
	s.later(time.Second)
	s.types(t, "seal.open", "秋雨秋雨秋雨秋雨")
	now := s.now()
	if filepath.Base(now.Dir()) != "今年的征集.fayi" || !now.Secrets().Sealed() {
		t.Fatalf("open is %s, sealed %v", now.Dir(), now.Secrets().Sealed())
	}
	s.shows(t, "沿用了规则、评委 1 位")
	judges, err := now.Assignment().Judges(t.Context())
	works, lost := now.Works(t.Context(), office.WorkFilter{})
	if err != nil || lost != nil || len(judges) != 1 || len(works) != 0 {
		t.Errorf("%d judges, %d works, %v %v", len(judges), len(works), err, lost)
	}
	s.swap(nil) // what is sealed can't be looked through at the end
	if err := now.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheChecklistIsShownWithAndWithoutAContest(t *testing.T) {
	s := sit(t, Inline{})
	kittest.Tap(t, s.root(), "看准备清单")
	s.shows(t, "准备清单", "评委名单", "2026年5月12日", "印发通知")
	s.Create(organizer.NewContest{Name: "汇演", Folder: s.Home(), Template: "stage"})
	kittest.Tap(t, s.root(), "准备清单")
	s.shows(t, "节目单", "汇演、现场评分")
}
