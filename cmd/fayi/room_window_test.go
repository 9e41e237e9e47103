package main

import (
	"crypto/rand"
	"net/http"
	"os/exec"
	"strings"
	"testing"

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
	s := newScreen(t)
	app := s.start(small(t))
	app.press("评审")
	app.at("评分")
	app.press("开评审室")
	app.at("评审室")
	app.press("打开评审室")
	app.wait("the room", shows("本机能打开这个网址*")) // here it can't be kept awake, which is said, too
	app.settle()
	s.keep("room-zh-light")
	for i, press := range []string{"", "放大二维码"} {
		if press != "" {
			app.press(press)
			app.at("评委的二维码")
		}
		s.stand()
		link := s.scan()
		if !strings.HasPrefix(link, "http://") || !strings.Contains(link, ":8790/#") {
			t.Fatalf("scanned %q; picture %s", link, s.shot())
		}
		scoreByLink(t, link, i)
	}
	app.keys("Escape")
	app.at("评审室")
	app.wait("what the judge scored", shows("2 / *"))
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

// scoreByLink is a judge's device: it scores the n-th work. Each time it says to be the same.
func scoreByLink(t *testing.T, link string, n int) {
	t.Helper()
	c, err := client.Open(http.DefaultClient, link, "the-device-of-this-judge", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Save(t.Context(), judging.Ballot{Code: in.Works[n].Code, Total: 80}); err != nil {
		t.Fatal(err)
	}
}
