package app

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer"
	"fayi/app/organizer/page"
	"fayi/assets"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/sealing"
	"fayi/judging/store/archive"
)

// boltFiles makes and opens contests in bolt folders, as the desktop program does.
func boltFiles() Files { return boltFilesBy(new(atomic.Int64)) }

// boltFilesBy is boltFiles by a clock that stands so many nanoseconds after the start of the test's day.
func boltFilesBy(late *atomic.Int64) Files {
	now := func() time.Time {
		return time.Date(2026, 5, 12, 9, 30, 0, 0, time.UTC).Add(time.Duration(late.Load()))
	}
	config := func(dir string) office.Config {
		return office.Config{Dir: dir, Now: now, Random: &rolling{}, Actor: "organiser", Cache: os.TempDir()}
	}
	door := cheapDoor(config)
	return Files{
		Blank:    func(dir string) (office.Config, error) { return door.Blank(context.Background(), dir, "") },
		Open:     openKnown(door),
		Now:      now,
		Computer: page.Computer{Called: func() string { return "" }},
		Peek:     func(ctx context.Context, path string) (office.Peek, error) { return door.Peek(ctx, path, nil) },
		Whole:    wholeBy(door),
		Unarchive: func(
			ctx context.Context, path, dir, phrase string, progress archive.Progress,
		) (archive.Report, error) {
			return door.Unarchive(ctx, path, dir, phrase, progress)
		},
		Restore: func(ctx context.Context, dir, path string) error {
			_, err := door.Restore(ctx, dir, path, "before-restore-20260512-093000-000.db", nil)
			return err
		},
		Door: door,
	}
}

// seated is a session whose watching never begins by itself, in a home of its own.
type seated struct {
	*Session

	home    string
	watches []func()
	late    *atomic.Int64
}

// later sets the clock forward, which stands still by itself.
func (s *seated) later(d time.Duration) { s.late.Add(int64(d)) }

func sit(t *testing.T, runner Runner) *seated {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	late := new(atomic.Int64)
	s := &seated{Session: NewSession(plainApp(t), texts, boltFilesBy(late), runner), home: home, late: late}
	s.follow = func(work func()) { s.watches = append(s.watches, work) }
	s.app.win.Resize(fyne.NewSize(1280, 720))
	t.Cleanup(func() {
		if o := s.now(); o != nil {
			s.close()
			judgetest.CheckFile(t, filepath.Join(o.Dir(), "contest.db"))
		}
	})
	return s
}

// plainApp is an app whose type is small, so that the frame is unfolded.
func plainApp(t *testing.T) fyne.App {
	t.Helper()
	fa := test.NewTempApp(t)
	t.Cleanup(lay.Forget)
	fa.Preferences().SetString(prefSize, string(look.Normal))
	return fa
}

func (s *seated) root() fyne.CanvasObject { return s.app.win.Content() }

func (s *seated) shows(t *testing.T, words ...string) {
	t.Helper()
	for _, w := range words {
		if !kittest.Shows(s.root(), w) {
			t.Fatalf("%q is not shown: %q", w, kittest.Texts(s.root()))
		}
	}
}

// create makes a contest called name through the window.
func (s *seated) create(t *testing.T, name string) *office.Office {
	t.Helper()
	s.Create(organizer.NewContest{Name: name, Host: "甲县司法局", Folder: s.Home()})
	if s.now() == nil {
		t.Fatalf("no contest: %q", kittest.Texts(kittest.Top(s.app.win)))
	}
	return s.now()
}

func TestANewContestIsMadeFromTheStart(t *testing.T) {
	s := sit(t, Inline{})
	s.shows(t, "新建征集", "打开征集", "先看示例")
	kittest.Tap(t, s.root(), "新建征集")
	s.shows(t, "2026年法治文化作品征集")
	s.app.win.Canvas().Focused().(*field.Entry).SetText("")
	kittest.Tap(t, s.root(), "建立征集")
	s.shows(t, "这一项必须填写")
	s.app.win.Canvas().Focused().(*field.Entry).SetText("法治/作品:征集")
	s.shows(t, "／作品：征集.fayi")
	kittest.Tap(t, s.root(), "建立征集")
	s.shows(t, "法治/作品:征集", "下一步", "导入作品", "每一步都自动保存")
	if _, err := os.Stat(filepath.Join(s.home, "法艺评审", "法治／作品：征集.fayi", "contest.db")); err != nil {
		t.Fatal(err)
	}
	if got := s.Recent(); len(got) != 1 || got[0].Name != "法治/作品:征集" || got[0].Missing {
		t.Fatalf("%+v", got)
	}
}

func TestAContestThatCannotBeMadeLeavesNothing(t *testing.T) {
	s := sit(t, Inline{})
	bad := filepath.Join(s.home, "坏.toml")
	if err := os.WriteFile(bad, []byte("title ="), 0o644); err != nil {
		t.Fatal(err)
	}
	s.Create(organizer.NewContest{Name: "甲", Folder: s.Home(), Rules: bad})
	if s.now() != nil || kittest.Top(s.app.win) == nil {
		t.Fatal("broken rules were taken")
	}
	if _, err := os.Stat(s.Home()); err == nil {
		t.Fatal("a folder was left")
	}
}

func TestContestsAreOpenedOneAfterTheOther(t *testing.T) {
	s := sit(t, Inline{})
	first := s.create(t, "甲").Dir()
	second := s.create(t, "乙").Dir()
	s.Open(first) // its lock is free again
	s.shows(t, "甲")
	if o := s.now(); o.Dir() != first {
		t.Fatal(o.Dir())
	}
	same := s.now()
	s.Open(first)
	if s.now() != same || len(s.watches) != 3 {
		t.Fatal("the open contest was opened again")
	}
	if got := s.Recent(); len(got) != 2 || got[0].Dir != first || got[1].Dir != second {
		t.Fatalf("%+v", got)
	}
	if err := os.RemoveAll(second); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, s.root(), "换一个征集")
	s.shows(t, "找不到了")
	s.Forget(second)
	if got := s.Recent(); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	s.Open(second)
	if s.now() != same || kittest.Top(s.app.win) == nil {
		t.Fatal("a missing contest was opened")
	}
}

// endsAfter draws so often, then calls end.
type endsAfter struct {
	Inline

	left int
	end  func()
}

func (r *endsAfter) Draw(f func()) {
	f()
	if r.left--; r.left == 0 {
		r.end()
	}
}

func TestAChangeReloadsTheVisiblePage(t *testing.T) {
	r := &endsAfter{}
	s := sit(t, r)
	o := s.create(t, "甲")
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "赵一"}); err != nil {
		t.Fatal(err)
	}
	s.shows(t, "还没有评委")
	stop := s.stop
	s.stop = make(chan struct{})
	r.left, r.end = 1, func() { close(stop) }
	s.watches[0]()
	s.shows(t, "评委 1 位，还没有分配", "最近保存 09:30")
}

func TestASampleIsMadeAndBroughtIn(t *testing.T) {
	s := sit(t, Inline{})
	kittest.Tap(t, s.root(), "先看示例")
	kittest.Tap(t, kittest.Top(s.app.win), "准备示例")
	sum, err := s.now().ShowContest(t.Context())
	if err != nil || sum.Works[judging.Accepted] != 640 || sum.Judges == 0 {
		t.Fatalf("%+v %v", sum, err)
	}
	s.shows(t, "示例：法治文化作品征集", "640", "去分配", "都是虚构的")
}

func TestAJudgeSeesNothingButTheDesk(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	path := filepath.Join(s.home, "表.csv")
	if err := os.WriteFile(path, []byte("作品名称,作者,类别,组别,单位\n光,孙三,摄影,成人组,一小\n影,李四,摄影,成人组,二小\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "赵一"}); err != nil {
		t.Fatal(err)
	}
	s.app.Navigate(kit.Route{Kind: page.Assign})
	kittest.Tap(t, s.root(), "生成分配")
	req := assignment.PlanRequest{}
	req.PerWork = 1
	if _, err := o.Assignment().PlanAssignment(t.Context(), req, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	s.app.Restart(kit.Route{Kind: page.Progress})
	kittest.Tap(t, s.root(), "评委轮流在本机评分")
	kittest.Tap(t, s.root(), "赵一")
	kittest.Tap(t, s.root(), "我是赵一，开始评分")
	s.shows(t, "赵一", "交还电脑")
	for _, secret := range []string{"孙三", "一小", "总览", "换一个征集"} {
		if kittest.Shows(s.root(), secret) {
			t.Errorf("the desk shows %q", secret)
		}
	}
	if s.app.win.MainMenu() != nil {
		t.Error("the desk has a menu")
	}
	s.app.Back()
	s.shows(t, "交还电脑")
	kittest.Tap(t, s.root(), "交还电脑")
	s.shows(t, "请评委点自己的姓名")
	kittest.Tap(t, s.root(), "组织者…")
	kittest.Tap(t, kittest.Top(s.app.win), "继续")
	s.shows(t, "评分", "总览")
}

func TestARehearsalIsMadeFromTheMenuAndOpened(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	path := filepath.Join(s.home, "表.csv")
	if err := os.WriteFile(path, []byte("作品名称,作者,类别,组别,单位\n光,孙三,摄影,成人组,一小\n影,李四,摄影,成人组,二小\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"赵一", "钱二", "周五"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range s.app.win.MainMenu().Items {
		for _, item := range m.Items {
			if item.Label == "做一次演练…" {
				item.Action()
			}
		}
	}
	kittest.Tap(t, kittest.Top(s.app.win), "开始演练")
	s.shows(t, "【演练】甲", "100%")
	if dir := s.now().Dir(); dir == o.Dir() || filepath.Dir(dir) != filepath.Dir(o.Dir()) {
		t.Errorf("the rehearsal lies in %s", dir)
	}
}

func TestABackupIsMadeFromTheMenu(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	for _, m := range s.app.win.MainMenu().Items {
		for _, item := range m.Items {
			if item.Label == "备份数据" {
				item.Action()
			}
		}
	}
	files, err := os.ReadDir(filepath.Join(o.Dir(), "backups"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	s.shows(t, files[0].Name())
}

func TestReleaseNotesAreReachedFromTheMenuInBothLanguages(t *testing.T) {
	s := sit(t, Inline{})
	for _, words := range [][]string{
		{"版本说明", "您用的是", "测试版，不是正式发布", "第一版"}, {"Release notes", "Yours is", "a test build", "First release"},
	} {
		for _, m := range s.app.win.MainMenu().Items {
			for _, item := range m.Items {
				if item.Label == words[0] {
					item.Action()
				}
			}
		}
		s.shows(t, words...)
		s.app.Back()
		s.app.SetLang("en")
	}
}

func wholeBy(door *sealing.Door) func(context.Context, string, string) (office.Peek, error) {
	return func(ctx context.Context, path, typed string) (office.Peek, error) {
		if typed == "" {
			return door.Whole(ctx, path, nil)
		}
		return door.Whole(ctx, path, door.Typed(typed))
	}
}
