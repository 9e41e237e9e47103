package app

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/seal"
	"fayi/app/seats"
	"fayi/docs"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// routes are all pages over an open contest, some of them on several parts. Each kind that the window makes stands
// here or among those that need a way in.
var routes = []kit.Route{
	{
		Kind: page.Start,
	}, {
		Kind: page.New,
	}, {
		Kind: page.Prepare,
	}, {
		Kind: page.Overview,
	}, {
		Kind: page.History,
	}, {
		Kind: page.OpenPoint,
		Tab:  "objections",
	}, {
		Kind: page.Works,
	}, {
		Kind: page.Works,
		Tab:  "returned",
	}, {
		Kind: page.Import,
	},
	{
		Kind: page.Reconcile,
	}, {
		Kind: page.View,
	}, {
		Kind: page.Judges,
	}, {
		Kind: page.Assign,
	}, {
		Kind: page.Progress,
	}, {
		Kind: page.Results,
	},
	{
		Kind: page.Fairness,
	}, {
		Kind: page.Explain,
	}, {
		Kind: page.Severity,
	}, {
		Kind: page.Rules,
	}, {
		Kind: page.Board,
	}, {
		Kind: page.Notice,
	},
	{
		Kind: page.Disputes,
	}, {
		Kind: page.Compare,
	}, {
		Kind: page.Packets,
	}, {
		Kind: page.Clashes,
	}, {
		Kind: page.Blind,
	}, {
		Kind: page.Review,
	}, {
		Kind: page.Duplicates,
	},
	{
		Kind: page.Search,
	}, {
		Kind: page.Settings,
	}, {
		Kind: page.Reports,
	}, {
		Kind: page.Certificates,
	}, {
		Kind: page.Due,
	}, {
		Kind: page.Problems,
	}, {
		Kind: page.Account,
		ID:   "i001",
	}, {
		Kind: page.Units,
	}, {
		Kind: page.Inbox,
	}, {
		Kind: page.UnitMap,
	}, {
		Kind: page.Sending,
	}, {
		Kind: page.Pledges,
	}, {
		Kind: page.Audience,
	}, {
		Kind: page.Batches,
	}, {
		Kind: helpKind,
		ID:   page.Overview,
	}, {
		Kind: helpKind,
		ID:   docs.ReleasesPage,
	},
	{
		Kind: page.Verify,
	}, {
		Kind: page.Room,
	}, {
		Kind: page.Room,
		ID:   "j001",
	}, {
		Kind: page.Stage,
	}, {
		Kind: page.Screen,
	}, {
		Kind: page.Charts,
	}, {
		Kind: page.Rounds,
	}, {
		Kind: page.EditRules,
	}, {
		Kind: page.HandOver,
	}, {
		Kind: seats.Kind,
	}, {
		Kind: page.Desk,
	}, {
		Kind: lostKind,
	}, {
		Kind: archiveKind,
	},
}

// elsewhere are the kinds that other tests lead to: a judge's packet needs a computer without a contest.
var elsewhere = []string{seal.Kind, packetKind, packetDesk, packetDone}

// roomFor are what the title bar and the menu leave of a small screen and of a usual one.
var roomFor = []fyne.Size{{Width: 1280, Height: 664}, {Width: 1920, Height: 1024}}

// TestEveryPageFits opens every page over a whole contest in every type size, both languages and both colours, in
// windows of a small and of a usual screen, and measures that no words are cut, stick out or lie over others, and
// that no page shows an error. Colours move nothing, so each size and language is seen in one of them; with
// FAYI_SHOTS, a folder for the pictures, in both. The short form takes the largest type on the small screen.
func TestEveryPageFits(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	for kind := range maps.Keys(s.app.cfg.Pages) {
		if !slices.ContainsFunc(routes, func(r kit.Route) bool { return r.Kind == kind }) &&
			!slices.Contains(elsewhere, kind) {
			t.Errorf("the page %q is not measured", kind)
		}
	}
	for _, screen := range roomFor {
		for i, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
			for k, lang := range []string{"zh-Hans", "en"} {
				if testing.Short() && (screen != roomFor[0] || size != look.Huge) {
					continue
				}
				modes := []look.Mode{look.Light, look.Dark}
				if os.Getenv("FAYI_SHOTS") == "" {
					modes = modes[(i+k)%2:][:1]
				}
				for _, mode := range modes {
					s.app.win.Resize(screen)
					s.app.SetTextSize(size)
					s.app.SetMode(mode)
					s.app.SetLang(lang)
					for _, r := range routes {
						s.measure(t, filled(t, o, r), fmt.Sprintf(
							"%s-%s-%s-%s-%.0f", name(r), lang, mode, size, screen.Width,
						))
					}
				}
			}
		}
	}
}

// name is what a picture of the page is called.
func name(r kit.Route) string {
	return strings.Join(strings.Fields(r.Kind+" "+r.ID+" "+strings.ReplaceAll(r.Tab, "/", " ")), "-")
}

// filled gives the route what it needs of the contest: a work that was placed, a judge who has a list.
func filled(t *testing.T, o *office.Office, r kit.Route) kit.Route {
	t.Helper()
	switch r.Kind {
	case page.Explain, page.View:
		places, err := o.Results().Rank(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r.ID = string(places[0].Work)
	case seats.Kind, page.Desk:
		r.ID = "j001"
	case lostKind:
		r.ID = o.Dir()
		if _, err := o.BackupContest(t.Context()); err != nil {
			t.Fatal(err)
		}
	case archiveKind:
		r.ID = filepath.Join(t.TempDir(), "甲.fayiarchive")
		if err := os.WriteFile(r.ID, []byte("age-encryption.org/v1\n"), 0o600); err != nil { // sealed, by its start
			t.Fatal(err)
		}
	}
	return r
}

// measure opens the page and looks at it. It ends with the computer in the organiser's hands.
func (s *seated) measure(t *testing.T, r kit.Route, shot string) {
	t.Helper()
	if r.Kind == page.Desk {
		s.guard.begin()
		s.guard.sit(judging.JudgeID(r.ID), false)
	} else {
		s.app.Restart(r)
	}
	defer s.guard.end()
	size := s.app.win.Canvas().Size()
	s.app.win.Resize(size.AddWidthHeight(2, 2)) // laid out again, as a real window does in its next frame
	s.app.win.Resize(size)
	if os.Getenv("FAYI_SHOTS") != "" { // drawing takes most of the time
		kittest.Shot(t, s.app.win, shot)
	}
	if top := kittest.Top(s.app.win); top != nil {
		t.Errorf("%s: over the page lies %q", shot, kittest.Texts(top))
		s.app.win.Canvas().Overlays().Remove(top)
	}
	for _, word := range inner(r, kittest.Texts(s.app.win.Content())) {
		t.Errorf("%s: %q is no word for people", shot, word)
	}
	for _, f := range kittest.Faults(s.app.win) {
		t.Errorf("%s: %s", shot, f)
	}
	// what scrolls is no fault anywhere else, but of a page that is too wide the acts at its right can't be seen
	if all, ok := s.app.frame.page.Objects[0].(*container.Scroll); ok {
		if wide, room := all.Content.MinSize().Width, s.app.frame.page.Size().Width; wide > room {
			t.Errorf("%s: the page is %.0f wide and has room for %.0f", shot, wide, room)
		}
	}
}

// identities and keys of the catalogue or of records are no words for people.
var innerWord = regexp.MustCompile("(?:^|[^0-9A-Za-z-])" +
	"([a-z][0-9]{3,}|[a-z]+(?:_[a-z]+)+|[a-z]+[.][a-z]+_[a-z_]+|(?:city|province)-[0-9]+)" +
	"(?:$|[^0-9A-Za-z./-])")

// inner finds words of the program's own among texts. The manual quotes commands and files.
func inner(r kit.Route, texts []string) (out []string) {
	if r.Kind == helpKind {
		return nil
	}
	for _, text := range texts {
		for _, m := range innerWord.FindAllStringSubmatch(text, -1) {
			out = append(out, text+": "+m[1])
		}
	}
	return out
}

func TestWordsOfTheProgramAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"u001  SF-0132《光》：不授奖": 1, "裁定 u001": 1, "notice.acted_scored": 1, "no_files": 1, "（j003）": 1,
		"已随 city-01 上报":  1,
		"SF-0132《光》：不授奖": 0, "第 3 号": 0, "fayi.xlsx 汇总表": 0, "2026年5月12日": 0, "示例.csv": 0,
	} {
		if got := inner(kit.Route{}, []string{text}); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// whole fills the session with a contest at its end: simulated scores, awards, a notice with an objection, a batch.
func (s *seated) whole(t *testing.T) *office.Office {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	first := s.create(t, "某某县2020年度法治文化作品征集评选活动")
	path := filepath.Join(s.home, "汇总表.csv")
	must(os.WriteFile(path, worksTable(), 0o600))
	_, err := first.Intake().ImportWorks(ctx, intake.ImportRequest{Sources: []string{path}}, nil)
	must(err)
	for i, name := range []string{"赵一", "钱二", "孙三", "李四", "欧阳文清", "周五"} {
		_, err = first.Assignment().AddJudge(ctx, judging.Judge{Name: name, Unit: fmt.Sprintf("某某县书法家协会第%d分会", i)})
		must(err)
	}
	works, err := first.Works(ctx, office.WorkFilter{})
	must(err)
	_, err = first.Review().ReviewWorks(ctx, []judging.WorkID{works[3].ID}, judging.Finding{
		Status:  judging.Returned,
		Reasons: judging.ReviewReasons[:1],
	})
	must(err)
	s.rehearse(filepath.Join(s.home, "甲.fayi"))
	o := s.now()
	_, err = o.Awards().DecideAwards(ctx, false)
	must(err)
	board, err := o.Awards().AwardBoard(ctx)
	must(err)
	_, err = o.Awards().RuleAward(ctx, award.Ruling{
		Kind: award.RuleWithhold, Work: board.Lists[0].Slots[0].Works[0].Work, Reason: "署名有争议",
	})
	must(err)
	_, err = o.Awards().DecideAwards(ctx, false)
	must(err)
	_, err = o.Notices().PublishAwards(
		office.Ticking(ctx, "disputes"), awards.NoticeRequest{Contact: "示例县司法局普法股"},
	)
	must(err)
	_, err = o.Report().PackBatch(
		office.Ticking(ctx, "no_files", "notice_not_over"),
		report.BatchRequest{To: superior.City, Dir: filepath.Join(s.home, "第一批")}, s.app.T, func(int, int) {},
	)
	must(err)
	_, err = o.Notices().FileObjection(ctx, string(works[0].ID), "与他人作品雷同", "读者")
	must(err)
	return o
}

// worksTable is a list of 40 works in two categories and groups, some of whose titles and units are long.
func worksTable() []byte {
	out := []byte("作品名称,作者,类别,组别,单位,联系电话\n")
	for i := range 40 {
		title := fmt.Sprintf("法治之光照我心%02d", i)
		if i%7 == 0 {
			title = fmt.Sprintf("社会主义核心价值观融入法治建设与乡村振兴主题书法长卷（之%d）", i)
		}
		category, group := "摄影", "成人组"
		if i%2 == 1 {
			category, group = "书法", "小学组"
		}
		out = fmt.Appendf(out, "%s,作者%02d,%s,%s,某某县第%d中心小学（西校区）,1390000%04d\n", title, i, category, group, i%5, i)
	}
	// rows that stay out, for the page of problems
	for i := range 3 {
		out = fmt.Appendf(out, "守法从我做起%02d,作者%02d,广场舞,成人组,某某县第1中心小学,13900001%03d\n", i, i, i)
		out = fmt.Appendf(out, ",作者%02d,书法,成人组,某某县第一中心小学（西校区）,13900002%03d\n", i, i)
	}
	return out
}
