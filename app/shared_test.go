package app

import (
	"crypto/rand"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
)

// fill types into the form that is asked with, in the order of its text fields.
func fill(t *testing.T, s *seated, texts ...string) fyne.CanvasObject {
	t.Helper()
	top := kittest.Top(s.app.win)
	entries := kittest.All[*field.Entry](top)
	if len(entries) < len(texts) {
		t.Fatalf("%d fields in %q", len(entries), kittest.Texts(top))
	}
	for i, text := range texts {
		entries[i].SetText(text)
	}
	return top
}

// TestAContestIsSharedJoinedAndLeftInTheWindow: one window shares, a second joins by the copied invitation, each sees
// what the other writes; the first goes away, which the frame of the second says, and comes back.
func TestAContestIsSharedJoinedAndLeftInTheWindow(t *testing.T) {
	one, two := sit(t, Inline{}), sit(t, Inline{})
	one.files.Door.Serves, two.files.Door.Serves = true, true
	config := two.files.Door.Config
	two.files.Door.Config = func(dir string) office.Config { // or both draw the same
		c := config(dir)
		c.Random = rand.Reader
		return c
	}
	o := one.create(t, "甲")
	dir := o.Dir()
	one.app.Navigate(kit.Route{Kind: page.Settings})
	one.shows(t, "只在这台电脑")
	kittest.Tap(t, one.root(), "和别的电脑共用…")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	kittest.Tap(t, fill(t, one, address), "开始共用")
	one.shows(t, "已经共用", "共用在 lan://"+address, "也没有别的电脑改过什么", "各台电脑各存各的文件")
	kittest.Tap(t, one.root(), "复制邀请")
	invitation := fyne.CurrentApp().Clipboard().Content()
	if !strings.HasPrefix(invitation, "lan://"+address+"#") {
		t.Fatalf("copied: %q", invitation)
	}

	two.app.Restart(kit.Route{Kind: page.Start})
	kittest.Tap(t, two.root(), "凭邀请加入…")
	kittest.Tap(t, fill(t, two, invitation, "甲的另一份"), "加入")
	two.shows(t, "已加入")
	if two.now() == nil || filepath.Base(two.now().Dir()) != "甲的另一份.fayi" {
		t.Fatal("not joined")
	}
	two.app.Navigate(kit.Route{Kind: page.Settings})
	waitFor(t, "the first, which has it open", func() bool {
		two.app.Reload()
		return two.says("正开着")
	})
	if _, err := two.now().Assignment().AddJudge(t.Context(), judging.Judge{Name: "赵一"}); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the judge at the first", func() bool {
		all, err := one.now().Assignment().Judges(t.Context())
		return err == nil && len(all) == 1
	})
	waitFor(t, "who it was", func() bool {
		one.app.Reload()
		return one.says("没有起名的电脑")
	})

	// going back to a copy says first what it changes on both
	copied, err := two.now().BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.now().Assignment().AddJudge(t.Context(), judging.Judge{Name: "孙三"}); err != nil {
		t.Fatal(err)
	}
	two.settings.AskRestore(office.Backup{Path: copied})
	asked := kittest.Top(two.app.win)
	if !kittest.Shows(asked, "每台电脑上，加回 ") || kittest.Shows(asked, "去掉 0 条") {
		t.Errorf("asked: %q", kittest.Texts(asked))
	}
	two.app.win.Canvas().Overlays().Remove(asked)

	// the first is closed: the second reads on, and says so in its frame
	first := one.now()
	one.swap(nil)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "that it is away", func() bool {
		two.app.Changed()
		return two.says("连不上共用的地方：能看，不能改")
	})
	_, err = two.now().Assignment().AddJudge(t.Context(), judging.Judge{Name: "钱二"})
	if judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("written: %v", err)
	}
	one.Open(dir)
	waitFor(t, "that it is back", func() bool {
		two.app.Changed()
		return !two.says("连不上共用的地方")
	})

	two.app.Navigate(kit.Route{Kind: page.Settings})
	kittest.Tap(t, two.root(), "退出共用…")
	kittest.Tap(t, kittest.Top(two.app.win), "退出")
	two.shows(t, "只在这台电脑")
}

func (s *seated) says(text string) bool { return kittest.Shows(s.root(), text) }

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("waited in vain for " + what)
		}
	}
}
