package awards

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/assets/rubrics"
	"fayi/judging"
)

func TestTheNextRoundIsBegunWithAPreviewAndCanBeUndone(t *testing.T) {
	o := pagetest.Scored(t, 12)
	text := strings.Replace(
		string(rubrics.LegalCulture), "\n[combine]\n",
		"\n[[rounds]]\nname = \"复评\"\ntake = { count = 2 }\nscores_per_work = 2\ncarry = \"replace\"\n\n[combine]\n",
		1,
	)
	sh := kittest.New(t)
	root := sh.Open(newRoundsPage(sh, page.StagesOf(o)))
	if !kittest.Shows(root, sh.T("rounds.none", nil)) {
		t.Errorf("%q", kittest.Texts(root))
	}
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), true); err != nil {
		t.Fatal(err)
	}
	p := newRoundsPage(sh, page.StagesOf(o))
	root = sh.Open(p)
	if shown := strings.Join(kittest.Texts(root), "\n"); p.data.On == 0 || !strings.Contains(shown, "件作品进入复评") ||
		!strings.Contains(shown, "初评得分") {
		t.Fatalf("%+v\n%s", p.data, shown)
	}
	kittest.Tap(t, root, sh.T("rounds.begin", judging.Args{"Next": "复评"}))
	if err := sh.Asked[len(sh.Asked)-1].Do(); err != nil {
		t.Fatal(err)
	}
	if p.data.Round != 2 || len(p.data.Works) == 0 || !kittest.Shows(root, sh.T("rounds.to_assign", nil)) {
		t.Fatalf("%+v", p.data)
	}
	if err := o.Awards().UndoRound(t.Context(), "入围数不对"); err != nil {
		t.Fatal(err)
	}
}

func TestThePublicListIsWrittenFromTheNoticePage(t *testing.T) {
	sh := kittest.New(t)
	path := filepath.Join(t.TempDir(), "n.docx")
	sh.Path = path
	page.ExportNotice(sh, page.PapersOf(pagetest.Awarded(t, 12)), ".docx")
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Error(err)
	}
}
