package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/fullscreen"
	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/seats"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
)

// hall is a session with two judges who take turns at it, under a clock that moves only when advanced.
type hall struct {
	*seated

	at time.Time
}

func newHall(t *testing.T) (*hall, *office.Office) {
	t.Helper()
	h := &hall{seated: sit(t, Inline{}), at: time.Date(2026, 5, 12, 9, 30, 0, 0, time.UTC)}
	h.files.Now = func() time.Time { return h.at }
	blank := h.files.Blank
	h.files.Blank = func(dir string) (office.Config, error) {
		c, err := blank(dir)
		c.Now = h.files.Now
		return c, err
	}
	o := h.create(t, "甲")
	path := filepath.Join(h.home, "表.csv")
	if err := os.WriteFile(path, []byte("作品名称,作者,类别,组别,单位\n光,孙三,摄影,成人组,一小\n影,李四,摄影,成人组,二小\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"赵一", "钱二"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	req := assignment.PlanRequest{}
	req.PerWork = 2
	if _, err := o.Assignment().PlanAssignment(t.Context(), req, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Secrets().SetPIN(t.Context(), "j001", "2048"); err != nil {
		t.Fatal(err)
	}
	h.app.Restart(kit.Route{Kind: page.HandOver})
	return h, o
}

func (h *hall) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		kittest.Press(h.app.win, k)
	}
}

func (h *hall) hides(t *testing.T, words ...string) {
	t.Helper()
	for _, w := range words {
		if kittest.Shows(h.root(), w) {
			t.Fatalf("%q is shown: %q", w, kittest.Texts(h.root()))
		}
	}
}

func TestAJudgeSitsDownWithThePIN(t *testing.T) {
	h, _ := newHall(t)
	h.shows(t, "请评委点自己的姓名", "赵一", "钱二", "还有 2 件没评完，共 2 件")
	if !h.app.win.FullScreen() || h.app.win.MainMenu() != nil {
		t.Error("judges have a menu or less than the whole screen")
	}
	kittest.Tap(t, h.root(), "赵一")
	h.press("8", "4", "0", "2", fyne.KeyReturn)
	h.shows(t, "不对，请再核对一遍")
	h.press("2", "0", "4", "8", fyne.KeyEnter)
	h.shows(t, "请等 1 秒再试")
	h.at = h.at.Add(time.Second)
	h.press("2", "0", "4", "9", fyne.KeyBackspace, "8", fyne.KeyEnter)
	h.shows(t, "交还电脑")
	kittest.Tap(t, h.root(), "交还电脑")
	kittest.Tap(t, h.root(), "赵一")
	h.press(fyne.KeyEscape)
	h.shows(t, "请评委点自己的姓名")
}

func TestNoWayLeadsFromOneJudgeToAnotherOrToTheOrganiser(t *testing.T) {
	h, _ := newHall(t)
	kittest.Tap(t, h.root(), "钱二")
	kittest.Tap(t, h.root(), "我是钱二，开始评分")
	h.shows(t, "交还电脑")
	for kind := range h.app.cfg.Pages {
		for _, r := range []kit.Route{{Kind: kind}, {Kind: kind, ID: "j001"}, {Kind: kind, ID: "w000001"}} {
			if kind == seats.Kind || kind == page.HandOver || kind == helpKind {
				continue
			}
			h.app.Navigate(r)
			h.shows(t, "请评委点自己的姓名")
			h.hides(t, "孙三", "一小", "总览", "交还电脑", "新建征集")
		}
	}
	h.app.Restart(kit.Route{Kind: page.HandOver, ID: "j001"})
	h.shows(t, "请输入您的个人密码")
	h.hides(t, "交还电脑")
}

func TestADesertedDeskHidesItselfAndComesBack(t *testing.T) {
	h, _ := newHall(t)
	kittest.Tap(t, h.root(), "赵一")
	h.press("2", "0", "4", "8", fyne.KeyReturn)
	h.shows(t, "交还电脑")
	h.at = h.at.Add(usualLock*time.Minute - time.Second)
	h.guard.lockDeserted()
	h.shows(t, "交还电脑")
	var watcher desktop.Cursorable = fullscreen.NewPresence(h.guard.Seen)
	watcher.Cursor() // the pointer moves
	h.at = h.at.Add(usualLock*time.Minute - time.Second)
	h.guard.lockDeserted()
	h.shows(t, "交还电脑")
	desk := h.app.page
	h.app.page = showing{desk} // a film
	h.at = h.at.Add(time.Hour)
	h.guard.lockDeserted()
	h.shows(t, "交还电脑")
	h.app.page = desk
	h.app.Ask(kit.Question{Title: "评语"})
	h.at = h.at.Add(usualLock * time.Minute)
	h.guard.lockDeserted()
	h.hides(t, "交还电脑", "摄影")
	h.shows(t, "赵一", "已自动隐藏并保存")
	if kittest.Top(h.app.win) != nil {
		t.Error("a dialog still lies over the lock")
	}
	h.app.Back() // no way round
	h.hides(t, "交还电脑")
	h.app.Restart(kit.Route{Kind: seats.Kind, ID: "j001", Tab: seats.Locked})
	h.press("2", "0", "4", "8", fyne.KeyReturn)
	h.shows(t, "交还电脑")
	h.Prefs.SetInt(prefLock, 0)
	h.at = h.at.Add(24 * time.Hour)
	h.guard.lockDeserted()
	h.shows(t, "交还电脑")
}

// showing is a page at which something plays.
type showing struct{ kit.Page }

func (showing) Awake() bool { return true }

func TestOnlyTheOrganiserEndsJudgeMode(t *testing.T) {
	h, o := newHall(t)
	if err := o.Secrets().SetPassword(t.Context(), "司法为民2020"); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, h.root(), "组织者…")
	top := kittest.Top(h.app.win)
	kittest.Tap(t, top, "继续")
	if !h.guard.on {
		t.Fatal("left without the password")
	}
	h.app.win.Canvas().Overlays().Remove(h.app.win.Canvas().Overlays().Top())
	h.app.close()
	if h.app.tasks.closed || kittest.Top(h.app.win) == nil {
		t.Fatal("the window was closed without a question")
	}
	h.app.win.Canvas().Overlays().Remove(h.app.win.Canvas().Overlays().Top())
	if h.guard.home(o.Dir()).Kind != page.HandOver {
		t.Error("the program started anew forgets that the computer is handed over")
	}
	h.guard.leave()
	h.app.win.Canvas().Focused().(*field.Entry).SetText("司法为民2020")
	kittest.Tap(t, kittest.Top(h.app.win), "继续")
	h.shows(t, "总览")
	if h.guard.on || h.app.win.FullScreen() || h.guard.home(o.Dir()).Kind != page.Overview {
		t.Error("judge mode goes on")
	}
}

func TestJudgesHaveHelpAndTheWayBackToTheirDesk(t *testing.T) {
	h, _ := newHall(t)
	kittest.Tap(t, h.root(), "钱二")
	kittest.Tap(t, h.root(), "我是钱二，开始评分")
	h.press(fyne.KeyF1)
	h.shows(t, "使用手册")
	h.hides(t, "交还电脑")
	h.press(fyne.KeyEscape)
	h.shows(t, "交还电脑")
}

func TestJudgesChooseSizeAndColours(t *testing.T) {
	h, _ := newHall(t)
	kittest.Tap(t, h.root(), "钱二")
	kittest.Tap(t, h.root(), "我是钱二，开始评分")
	kittest.Tap(t, h.root(), "去评分")
	field, ok := h.app.win.Canvas().Focused().(fyne.Shortcutable)
	if !ok {
		t.Fatal("no field has the cursor")
	}
	field.TypedShortcut(ctrl(fyne.Key3))
	if h.app.Look().Size != look.Huge {
		t.Errorf("Ctrl+3 in a field of the desk: size %s", h.app.Look().Size)
	}
	kittest.Tap(t, h.root(), "深色")
	if h.app.Look().Mode != look.Dark {
		t.Errorf("colours %s", h.app.Look().Mode)
	}
	kittest.Tap(t, h.root(), "浅色")
}
