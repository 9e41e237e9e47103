package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/room"
	"fayi/judging"
	"fayi/judging/room/client"
	"fayi/judging/room/lan"
)

// openRoom opens the room of the open contest from its page, at this computer's own address.
func (s *seated) openRoom(t *testing.T) {
	t.Helper()
	s.room = room.NewKeeper(room.Config{
		Texts: s.app.cfg.Catalogue, Now: s.files.Now, News: s.app.Changed,
		Follow: func(listening func()) { s.follow(listening) },
		Awake:  func(context.Context, string) (func(), error) { return func() {}, nil },
		Addresses: func() ([]lan.Address, error) {
			return []lan.Address{{IP: "127.0.0.1", Name: "wlan0", Kind: "wireless"}}, nil
		},
	})
	s.app.Navigate(kit.Route{Kind: page.Progress})
	kittest.Tap(t, s.root(), "开评审室")
	port := kittest.All[*field.Entry](s.root())
	port[len(port)-1].SetText(fmt.Sprint(freePort(t)))
	kittest.Tap(t, s.root(), "打开评审室")
	if !s.room.IsOpen() {
		t.Fatalf("not opened: %q", kittest.Texts(s.app.win.Content()))
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// planned is a session with a contest whose plan is published.
func planned(t *testing.T) *seated {
	t.Helper()
	s := sit(t, Inline{})
	s.whole(t)
	return s
}

// judgeLink is what the code of the first judge says, as the page of codes shows it.
func (s *seated) judgeLink(t *testing.T) string {
	t.Helper()
	s.app.Navigate(kit.Route{Kind: page.Room, ID: "j001"})
	defer s.app.Back()
	for _, text := range kittest.Texts(s.root()) {
		if strings.HasPrefix(text, "http://") {
			return text
		}
	}
	t.Fatalf("no link is shown: %q", kittest.Texts(s.root()))
	return ""
}

func TestTheRoomStaysOpenOnOtherPagesAndClosingAsks(t *testing.T) {
	s := planned(t)
	s.openRoom(t)
	link := s.judgeLink(t)
	s.app.Navigate(kit.Route{Kind: page.Works})
	s.shows(t, "评审室开着")
	c, err := client.Open(http.DefaultClient, link, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Duties(t.Context()); err != nil {
		t.Errorf("on another page: %v", err)
	}
	kittest.TapText(t, s.root(), "评审室开着")
	s.shows(t, "评分程序", "关闭评审室")

	s.app.close()
	top := kittest.Top(s.app.win)
	if top == nil || !kittest.Shows(top, "退出程序会关闭评审室") {
		t.Fatalf("the window closes without asking: %q", kittest.Texts(s.app.win.Content()))
	}
	kittest.Tap(t, top, "取消")
	if _, err := c.Duties(t.Context()); err != nil || s.app.tasks.closed {
		t.Errorf("after it was refused: %v, closed %v", err, s.app.tasks.closed)
	}
	s.app.cfg.Closed = nil // the test's own end closes the contest
	s.app.close()
	kittest.Tap(t, kittest.Top(s.app.win), "关闭并退出")
	if _, err := c.Duties(t.Context()); judging.CodeOf(err) != judging.Unavailable || !s.app.tasks.closed {
		t.Errorf("after it was agreed: %v, closed %v", err, s.app.tasks.closed)
	}
}

func TestAnotherContestIsOpenedOnlyOnceTheRoomIsClosed(t *testing.T) {
	s := planned(t)
	other := filepath.Join(s.home, "甲.fayi") // the rehearsal is open
	first := s.now()
	if sameFolder(first.Dir(), other) {
		other = filepath.Join(s.Home(), page.FolderName("某某县2020年度法治文化作品征集评选活动"))
	}
	s.openRoom(t)
	s.Open(first.Dir()) // the same is no other one
	if kittest.Top(s.app.win) != nil || !s.room.IsOpen() {
		t.Error("opening the same contest asks about the room")
	}
	s.Open(other)
	top := kittest.Top(s.app.win)
	if top == nil || s.now() != first || !s.room.IsOpen() {
		t.Fatal("another contest is opened over an open room")
	}
	kittest.Tap(t, top, "关闭并继续")
	if s.now() == first || s.room.IsOpen() {
		t.Errorf("the room is open: %v, %q", s.room.IsOpen(), kittest.Texts(s.root()))
	}
}

func TestClosingAWindowThatJudgesHaveAsksAboutTheRoom(t *testing.T) {
	s := planned(t)
	s.openRoom(t)
	s.app.Restart(kit.Route{Kind: page.HandOver})
	s.app.close()
	if top := kittest.Top(s.app.win); top == nil || !kittest.Shows(top, "退出程序会关闭评审室") {
		t.Errorf("it closes without asking: closed %v", s.app.tasks.closed)
	}
	s.guard.end()
}

func TestARoomWhoseContestGoesIsClosedAndThatIsSaid(t *testing.T) {
	s := planned(t)
	s.openRoom(t)
	opener{s.Session}.Away().Close()
	top := kittest.Top(s.app.win)
	if s.room.IsOpen() || top == nil || !kittest.Shows(top, "评审室已随之关闭") {
		t.Errorf("open %v", s.room.IsOpen())
	}
}

// TestAnOpenRoomFits measures the page and its codes over an open room in windows of both sizes; with FAYI_SHOTS it
// draws them.
func TestAnOpenRoomFits(t *testing.T) {
	s := planned(t)
	s.openRoom(t)
	for _, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		for _, lang := range []string{"zh-Hans", "en"} {
			for _, screen := range []fyne.Size{screens[0], screens[2]} {
				if size == look.Large && os.Getenv("FAYI_SHOTS") == "" {
					continue
				}
				mode := look.Light
				if (size == look.Huge) == (lang == "zh-Hans") {
					mode = look.Dark
				}
				s.app.win.Resize(screen)
				s.app.SetTextSize(size)
				s.app.SetMode(mode)
				s.app.SetLang(lang)
				for _, r := range []kit.Route{{Kind: page.Room}, {Kind: page.Room, ID: "j001"}} {
					s.measure(t, r, fmt.Sprintf("open-%s-%s-%s-%s-%.0f", name(r), lang, mode, size, screen.Width))
				}
			}
		}
	}
}

// TestWhatIsSaidOfARoomFits measures the questions and explanations over an open room in the smallest and the largest
// type.
func TestWhatIsSaidOfARoomFits(t *testing.T) {
	s := planned(t)
	s.openRoom(t)
	s.app.win.Resize(screens[0])
	for _, size := range []look.TextSize{look.Normal, look.Huge} {
		for _, lang := range []string{"zh-Hans", "en"} {
			s.app.SetTextSize(size)
			s.app.SetLang(lang)
			s.app.Restart(kit.Route{Kind: page.Room})
			for _, key := range []string{
				"roompage.plain_title", "roompage.elsewhere", "roompage.close", "roompage.help",
			} {
				kittest.Tap(t, s.root(), s.app.T(key, nil))
				shot := fmt.Sprintf("said-%s-%s-%s", strings.TrimPrefix(key, "roompage."), lang, size)
				if os.Getenv("FAYI_SHOTS") != "" {
					kittest.Shot(t, s.app.win, shot)
				}
				for _, f := range kittest.Faults(s.app.win) {
					t.Errorf("%s: %s", shot, f)
				}
				if kittest.Top(s.app.win) == nil {
					t.Fatalf("%s: nothing is asked", shot)
				}
				s.app.win.Canvas().Overlays().Remove(kittest.Top(s.app.win))
			}
		}
	}
}

// TestNewsOfTheRoomReloadTheWindow lets a judge come, and hears of it without asking.
func TestNewsOfTheRoomReloadTheWindow(t *testing.T) {
	s := planned(t)
	before := len(s.watches)
	s.openRoom(t)
	if len(s.watches) != before+1 {
		t.Fatalf("%d watches", len(s.watches)-before)
	}
	news := make(chan struct{}, 100)
	s.room.News = func() { news <- struct{}{} }
	background{}.Start(s.watches[before])
	c, err := client.Open(http.DefaultClient, s.judgeLink(t), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Duties(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-news:
	case <-time.After(20 * time.Second):
		t.Fatal("nothing was heard of a judge who came")
	}
	if _, err := s.room.Close(); err != nil {
		t.Fatal(err)
	}
	for { // the last one says that the room has ended
		select {
		case <-news:
			continue
		case <-time.After(3 * time.Second):
		}
		break
	}
}
