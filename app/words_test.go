package app

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/listing"
	"fayi/app/organizer/page"
	"fayi/app/seats"
	"fayi/assets/plaintest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
)

// quoting are pages that quote what is no word of theirs: the manual names commands and files, what changed names
// versions, and the pages of rescue show where a file lies.
var quoting = []string{helpKind, lostKind, archiveKind}

// stages goes through a contest from its first day to the last and calls at in each state.
func (s *seated) stages(t *testing.T, at func(state string, o *office.Office)) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	o := s.create(t, "某某县法治文化作品征集")
	at("new", o)
	path := filepath.Join(s.home, "汇总表.csv")
	must(os.WriteFile(path, worksTable(), 0o600))
	_, err := o.Intake().ImportWorks(ctx, intake.ImportRequest{Sources: []string{path}}, nil)
	must(err)
	at("imported", o)
	for _, name := range []string{"赵一", "钱二", "孙三", "李四"} {
		_, err = o.Assignment().AddJudge(ctx, judging.Judge{Name: name, Unit: "某某县书法家协会"})
		must(err)
	}
	seed := uint64(7)
	req := assignment.PlanRequest{Seed: &seed}
	req.PerWork = 3
	_, err = o.Assignment().PlanAssignment(ctx, req, nil)
	must(err)
	at("planned", o)
	ticked := office.Ticking(ctx, "import_problems", "no_group", "duplicates", "broken_files")
	_, err = o.Assignment().PublishPlan(ticked, "")
	must(err)
	at("published", o)
	desk := o.Scoring().Desk("j001")
	duties, err := desk.Duties(ctx)
	must(err)
	_, err = desk.Save(ctx, judging.Ballot{Code: duties.Works[0].Code, Total: 81})
	must(err)
	at("at work", o)
}

// everyPage opens every page over the open contest and hands it to look.
func (s *seated) everyPage(t *testing.T, o *office.Office, look func(name string, root fyne.CanvasObject)) {
	t.Helper()
	for _, r := range routes {
		scored, err := o.Results().Rank(t.Context())
		needs := slices.Contains([]string{page.Explain, page.View}, r.Kind)
		if needs && (err != nil || len(scored) == 0) {
			continue
		}
		if slices.Contains(quoting, r.Kind) || r.Kind == page.Desk || r.Kind == seats.Kind {
			continue
		}
		s.app.Restart(filled(t, o, r))
		look(name(r), s.app.win.Content())
		for top := kittest.Top(s.app.win); top != nil; top = kittest.Top(s.app.win) {
			look(name(r)+" over it", top)
			s.app.win.Canvas().Overlays().Remove(top)
		}
	}
}

// given are the words that people gave themselves.
func (s *seated) given(t *testing.T, o *office.Office) []string {
	t.Helper()
	own := []string{o.Dir(), s.home, filepath.Dir(s.home), filepath.Base(s.home), filepath.Base(o.Dir()),
		"flash", "devel"}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range works {
		own = append(own, string(w.Code), w.Title)
	}
	return own
}

// In no state of a contest does a page show a key, an identity, an English word among Chinese ones, or a number with
// idle zeros.
func TestPagesSpeakTheWordsOfAnOffice(t *testing.T) {
	seen := 0
	walk := func(s *seated) func(state string, o *office.Office) {
		return func(state string, o *office.Office) {
			own := s.given(t, o)
			for _, lang := range []string{"zh-Hans", "en"} {
				s.app.SetLang(lang)
				s.everyPage(t, o, func(name string, root fyne.CanvasObject) {
					for _, text := range kittest.Texts(root) {
						seen++
						if strings.Contains(text, "TestPages") || strings.HasPrefix(text, "Office") {
							continue // a piece of the path of this test
						}
						for _, f := range plaintest.Shown(lang, text, own...) {
							if !strings.HasSuffix(f, ": English") && !strings.HasSuffix(f, ": Fayi") {
								t.Errorf("%s, %s in %s: %s in %q", state, name, lang, f, text)
							}
						}
					}
				})
			}
		}
	}
	s := sit(t, Inline{})
	s.stages(t, walk(s))
	end := sit(t, Inline{})
	walk(end)("at the end", end.whole(t))
	if seen < 10000 {
		t.Errorf("only %d texts were seen", seen)
	}
}

// Whatever a page lists can be taken along: each list that it draws is found, printed and written.
func TestEveryListOfEveryPageCanBeTakenAlong(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	pages, words, own := map[string]int{}, 0, s.given(t, o)
	s.everyPage(t, o, func(name string, root fyne.CanvasObject) {
		drawn := 0
		kittest.Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
			if _, is := o.(kit.Listed); is {
				drawn++
			}
			return true
		})
		all := listing.Collect(root)
		if drawn != len(all) {
			t.Errorf("%s draws %d lists, and %d are found", name, drawn, len(all))
		}
		if listing.Rows(all) == 0 {
			return
		}
		pages[name] += listing.Rows(all)
		var pdf, book bytes.Buffer
		err := listing.WritePDF(&pdf, s.app, name, "", time.Unix(0, 0), all)
		if err == nil {
			err = listing.WriteExcel(&book, s.app, name, all)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, sheet := range all {
			for _, row := range append(sheet.Rows, sheet.Heads) {
				for _, cell := range row {
					words++
					if faults := plaintest.Shown("zh-Hans", cell, own...); faults != nil {
						t.Errorf("%s: %q in a list", name, faults)
					}
				}
			}
		}
	})
	for _, listed := range []string{ // those that are drawn by hand, too
		page.Overview, page.History, page.Works, page.Import, page.Reconcile, page.Judges, page.Progress, page.Results,
		page.Fairness, page.Explain, page.Severity, page.Board, page.Notice, page.Disputes, page.Packets, page.Review,
		page.Problems, page.Units, page.Inbox, page.UnitMap, page.Batches,
	} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(pages)), func(n string) bool {
			return n == listed || strings.HasPrefix(n, listed+"-")
		}) {
			t.Errorf("what the page %s lists cannot be taken along", listed)
		}
	}
	if words < 500 {
		t.Errorf("%d cells", words)
	}
}

func TestTheMenuTakesTheListOfThePageAlong(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	s.app.Restart(kit.Route{Kind: page.Works})
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	s.app.copy()
	if got := fyne.CurrentApp().Clipboard().Content(); strings.Count(got, "\r\n") != len(works)+1 ||
		!strings.Contains(got, works[0].Title) {
		t.Errorf("%d lines are copied: %.80q", strings.Count(got, "\r\n"), got)
	}
	dir := t.TempDir()
	s.app.SaveNextIn(dir)
	for ending, save := range map[string]func(){".pdf": s.app.PrintPage, ".xlsx": s.app.saveExcel} {
		save()
		kittest.Tap(t, kittest.Top(s.app.win), "保存")
		path := filepath.Join(dir, "作品"+ending)
		if info, err := os.Stat(path); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", ending, err)
		}
	}
	s.app.Restart(kit.Route{Kind: page.Explain, ID: string(works[0].ID)})
	lines := s.app.sheets()
	if len(lines) < 2 || len(lines[0].Lines) < 3 {
		t.Errorf("the reasons do not come along: %+v", lines)
	}
	s.app.Restart(kit.Route{Kind: page.Settings})
	s.app.copy()
	s.shows(t, "这一页没有列表")
}
