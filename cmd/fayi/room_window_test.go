package main

import (
	"bufio"
	"crypto/rand"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"fayi/app/kit/sight"
	"fayi/cmd/fayi/probe"
	"fayi/judging"
	"fayi/judging/room/client"
	"fayi/judging/room/lan"
)

// TestAJudgeScansTheWindowAndScores drives the real program: the room is opened at the computer's own address, a judge
// scans the code from the screen and scores, which the window shows without being asked, on another page, too; closing
// the window asks about the room.
func TestAJudgeScansTheWindowAndScores(t *testing.T) {
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("zbarimg is not here (scripts/deps test installs it)")
	}
	if own, err := lan.Addresses(); err != nil || len(own) == 0 {
		t.Skip("this computer is on no network")
	}
	withDesktop(t)
	s := newScreen(t)
	app := s.start(small(t, "王安", "李文清", "赵明", "欧阳文清", "周晓"))
	app.press("评审")
	app.at("评分")
	app.press("开评审室")
	app.at("评审室")
	app.press("打开评审室")
	app.wait("the room", shows("本机能打开这个网址*"))
	app.settle()
	s.stand()
	code := s.scan()
	app.press("放大二维码")
	app.at("评委的二维码")
	for i, agent := range []string{"Android", "iPad"} {
		s.stand()
		link := s.scan()
		if !strings.HasPrefix(link, "http://") || !strings.Contains(link, ":8790/#") || (link == code) != (i == 0) {
			t.Fatalf("scanned %q, in the page %q; picture %s", link, code, s.shot())
		}
		scoreByLink(t, link, agent, 3+i)
		app.keys("Right")
	}
	app.keys("Escape")
	app.at("评审室")
	app.wait("what the second judge scored", shows("4 / *"))
	app.wait("the second judge's device", shows("苹果平板"))
	app.press("赵明")
	s.keep("room-zh-light")
	app.press("总览")
	app.at("总览")
	app.wait("the sign that the room is open", shows("评审室开着"))
	s.command("xdotool", "key", "alt+F4").Run()
	app.wait("the question", shows("关闭评审室？"))
	app.press("取消")
	app.press("评审室开着")
	app.at("评审室")
	app.press("关闭评审室")
	app.wait("the question", shows("关闭评审室？"))
	app.press("关闭评审室")
	app.wait("the closed room", shows("还没有打开"))
	app.close()
}

// TestTheStageIsRunByTheSpaceBar drives the real program: lots are drawn in the window, a work is called, scored on a
// judge's own device, closed and released by the space bar alone; the big screen's address is scanned from the screen.
// With FAYI_SHOTS it keeps pictures of both sizes of screens.
func TestTheStageIsRunByTheSpaceBar(t *testing.T) {
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("zbarimg is not here (scripts/deps test installs it)")
	}
	if own, err := lan.Addresses(); err != nil || len(own) == 0 {
		t.Skip("this computer is on no network")
	}
	withDesktop(t)
	s := newScreen(t)
	app := s.start(small(t, "王安"))
	app.press("评审")
	app.at("评分")
	app.press("开评审室")
	app.at("评审室")
	app.press("打开评审室")
	app.wait("the room", shows("本机能打开这个网址*"))
	app.settle()
	s.stand()
	judge := must[*client.Client](t)(client.Open(http.DefaultClient, s.scan(), "", rand.Reader))
	app.press("现场评分")
	app.at("现场评分")
	app.press("抽签")
	app.wait("the question", shows("抽签排出场顺序"))
	app.press("书法")
	app.fill("抽签号", "2020")
	app.pressBeside("不填就随机；号码相同，结果相同。", "抽签")
	app.wait("the running order", shows("叫第 1 号"))
	app.keys("space")
	app.wait("the call", shows("第 1 号 · 在台上"))
	app.wait("nobody's score", shows("0 / 1 位评委已打分"))
	on := must[judging.Duties](t)(judge.Duties(t.Context())).Works
	scored := 0
	for _, w := range on { // only the one on the stage is taken
		if _, err := judge.Save(t.Context(), judging.Ballot{Code: w.Code, Total: 86}); err == nil {
			scored++
		} else if judging.CodeOf(err) != judging.Closed {
			t.Fatal(err)
		}
	}
	if scored != 1 {
		t.Fatalf("%d of %d works could be scored", scored, len(on))
	}
	app.wait("the judge's score, unasked", shows("1 / 1 位评委已打分"))
	s.keep("stage-zh-light")
	app.keys("space")
	app.wait("the close", shows("第 1 号 · 停止打分"))
	time.Sleep(time.Second) // another press, not the same one held
	app.keys("space")
	app.wait("the release", shows("第 1 号 · 已公布"))
	app.press("大屏幕")
	app.at("大屏幕")
	app.settle()
	s.stand()
	if link := s.scan(); !strings.Contains(link, "/screen#") {
		t.Errorf("scanned %q; picture %s", link, s.shot())
	}
	s.keep("wall-zh-light")
	app.keys("Escape")
	app.at("现场评分")
	app.press("总览")
	app.at("总览")
	app.press("评审室开着")
	app.at("评审室")
	app.press("关闭评审室")
	app.wait("the question", shows("关闭评审室？"))
	app.press("关闭评审室")
	app.wait("the closed room", shows("还没有打开"))
	app.close()
}

// shows reports whether something in the window says those words; a * at the end stands for more of them.
func shows(words string) func(probe.View) bool {
	start, more := strings.CutSuffix(words, "*")
	return func(v probe.View) bool {
		return find(v, func(w sight.Words) bool {
			return w.Text == words || more && strings.HasPrefix(w.Text, start)
		}) != nil
	}
}

// scan reads the QR code that is on the screen, as a telephone does.
func (s *screen) scan() string {
	s.t.Helper()
	out, err := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", s.shot()).Output()
	if err != nil {
		s.t.Fatalf("no code is found on the screen: %v; picture %s", err, s.shot())
	}
	return strings.TrimSpace(string(out))
}

// scoreByLink is a judge's device: it scores the first works of the list.
func scoreByLink(t *testing.T, link, agent string, works int) {
	t.Helper()
	c, err := client.Open(&http.Client{Transport: device{agent}}, link, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range in.Works[:works] {
		if _, err := c.Save(t.Context(), judging.Ballot{Code: w.Code, Total: 80}); err != nil {
			t.Fatal(err)
		}
	}
}

// device says what it is, as browsers do.
type device struct{ agent string }

// RoundTrip implements http.RoundTripper.
func (d device) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", d.agent)
	return http.DefaultTransport.RoundTrip(r)
}

// withDesktop gives the program a desktop that keeps the computer awake when it is asked to.
func withDesktop(t *testing.T) {
	t.Helper()
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1",
		"--address=unix:path="+filepath.Join(t.TempDir(), "bus"))
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Skip("dbus-daemon is not here (scripts/deps test installs it)")
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	address := strings.TrimSpace(must[string](t)(bufio.NewReader(out).ReadString('\n')))
	c := must[*dbus.Conn](t)(dbus.Connect(address))
	t.Cleanup(func() { _ = c.Close() })
	const name = "org.freedesktop.ScreenSaver"
	if err := c.Export(saver{}, "/org/freedesktop/ScreenSaver", name); err != nil {
		t.Fatal(err)
	}
	must[dbus.RequestNameReply](t)(c.RequestName(name, 0))
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
}

type saver struct{}

// Inhibit implements org.freedesktop.ScreenSaver.
func (saver) Inhibit(_, _ string) (uint32, *dbus.Error) { return 1, nil }

// UnInhibit implements org.freedesktop.ScreenSaver.
func (saver) UnInhibit(uint32) *dbus.Error { return nil }
