package organizer

import (
	"testing"

	"fayi/app/kit/kittest"
	"fayi/judging"
)

func TestTheHistoryTellsWhoDidWhatAndThatNobodyAlteredIt(t *testing.T) {
	o, sh := newContest(t), kittest.New(t)
	if _, err := o.AddJudge(t.Context(), judging.Judge{Name: "单雄信"}); err != nil {
		t.Fatal(err)
	}
	p := newHistoryPage(sh, o)
	root := sh.Open(p)
	if d := p.all[0]; d.what != "添加或修改评委 1 位" || d.of != "单雄信" || d.by != "" {
		t.Errorf("newest: %+v", d)
	}
	if first := p.all[len(p.all)-1]; first.what != "建立了征集" || first.seq != 1 {
		t.Errorf("oldest: %+v", first)
	}
	kittest.Tap(t, root, "核对记录")
	if n := sh.Told[len(sh.Told)-1]; n.Text == "" || n.Text != sh.T("history.sound", judging.Args{"N": len(p.all), "Files": 0}) {
		t.Errorf("told %+v", n)
	}
}

func TestPagesAreFoundByTheirTitles(t *testing.T) {
	text := chinese(t)
	hits := pageHits(text, "证书")
	if len(hits) != 1 || hitRoute(hits[0]).Kind != Certificates {
		t.Errorf("found %+v", hits)
	}
	if hits := pageHits(text, " "); hits != nil {
		t.Errorf("nothing asked for, found %+v", hits)
	}
	for _, p := range titled {
		if text.T(p.title, nil) == p.title {
			t.Errorf("no title for %s", p.kind)
		}
	}
}
