package main

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/cmd/fayi/probe"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store/replica/logtest"
)

// TestAContestIsSharedOnRealEnginesInTheWindow drives the real program against three members of etcd: it is shared by
// the form, the engine dies, which the window says within seconds without being asked, and comes back. With FAYI_SHOTS
// it keeps pictures of two sizes of screens, in two languages.
func TestAContestIsSharedOnRealEnginesInTheWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("about a minute")
	}
	withDesktop(t)
	c := logtest.Start(t, "etcd")
	for _, k := range []struct {
		name          string
		width, height int
		size          look.TextSize
	}{
		{"1280", 1280, 720, look.Huge}, {"1920", 1920, 1080, look.Normal},
	} {
		t.Run(k.name, func(t *testing.T) {
			s := newScreenOf(t, k.width, k.height, t.TempDir())
			dir := small(t)
			app := s.start(dir)
			settings := kit.Route{Kind: page.Settings}
			app.wish(probe.Wish{Go: &settings})
			app.settle() // the list of backups comes late and moves what stands below
			app.press("和别的电脑共用…")
			app.wait("the form", shows("记录保存在哪里*"))
			s.keep("share-form-" + k.name)
			app.press("取消")
			app.wait("the settings", shows("只在这台电脑"))
			app.close()

			// the choice of an engine is a menu of the toolkit: the door does what the form does
			door := &sealing.Door{Config: func(dir string) office.Config {
				return office.Config{Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser"}
			}}
			must[string](t)(door.Share(t.Context(), dir, c.Addrs[0], "一号机", nil, nil))
			app = s.start(dir)
			app.wish(probe.Wish{Go: &settings})
			app.wait("how it stands", holds("共用在"))
			app.wish(probe.Wish{Size: k.size})
			app.settle()
			for lang, copying := range map[string]string{"zh-Hans": "复制邀请", "en": "Copy the invitation"} {
				app.wish(probe.Wish{Lang: lang})
				app.press(copying)
				s.keep("shared-" + k.name + "-" + lang)
			}
			app.wish(probe.Wish{Lang: "zh-Hans"})
			overview := kit.Route{Kind: page.Overview}
			app.wish(probe.Wish{Go: &overview})
			app.settle()
			began := time.Now()
			c.Kill(1)
			c.Kill(2)
			app.wait("that it is away", holds("能看，不能改"))
			t.Logf("said after %v", time.Since(began))
			s.keep("away-" + k.name + "-zh-Hans")
			app.wish(probe.Wish{Lang: "en"})
			app.settle()
			s.keep("away-" + k.name + "-en")
			app.wish(probe.Wish{Lang: "zh-Hans"})
			c.Revive(1)
			c.Revive(2)
			began = time.Now()
			app.wait("that it is back", func(v probe.View) bool { return !holds("能看，不能改")(v) })
			t.Logf("gone after %v", time.Since(began))
			app.close()
		})
	}
}

// holds is satisfied when some words on the screen hold text.
func holds(text string) func(v probe.View) bool {
	return func(v probe.View) bool { return strings.Contains(shown(v), text) }
}
