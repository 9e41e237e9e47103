package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/cmd/fayi/probe"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/sharing"
	"fayi/judging/store/replica/logtest"
)

// TestTheFileStoreIsSweptInTheWindow drives the real program: what nobody needs, and what a writer left that was
// killed, is shown with how much it is, stays where one says no, and goes where one says yes. With FAYI_SHOTS it keeps
// pictures of two sizes of screens, in two languages.
func TestTheFileStoreIsSweptInTheWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("about a minute")
	}
	withDesktop(t)
	at := logtest.Start(t, "postgres").Addrs[0]
	for _, k := range []struct {
		name          string
		width, height int
		size          look.TextSize
	}{
		{"1280", 1280, 720, look.Huge}, {"1920", 1920, 1080, look.Normal},
	} {
		t.Run(k.name, func(t *testing.T) {
			s := newScreenOf(t, k.width, k.height, t.TempDir())
			dir, place := small(t), t.TempDir()
			door := &sealing.Door{Config: func(dir string) office.Config {
				return office.Config{Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser"}
			}}
			must[string](t)(door.Share(t.Context(), dir, at+"&log="+k.name, "一号机", nil, nil))
			if err := door.KeepFiles(t.Context(), dir, sharing.Place{Address: place}, nil); err != nil {
				t.Fatal(err)
			}
			old, half := remains(t, place)
			app := s.start(dir)
			settings := kit.Route{Kind: page.Settings}
			app.wish(probe.Wish{Go: &settings})
			app.wait("where the files are", holds("清理文件库"))
			app.wish(probe.Wish{Size: k.size})
			app.settle()
			for _, of := range []struct{ lang, sweep, shown, no string }{
				{"en", "Sweep the file store…", "beginning arrived", "Cancel"},
				{"zh-Hans", "清理文件库…", "半截文件", "取消"},
			} {
				app.wish(probe.Wish{Lang: of.lang})
				app.press(of.sweep)
				app.wait("what would go", holds(of.shown))
				s.keep("sweep-" + k.name + "-" + of.lang)
				app.press(of.no)
			}
			there := func(path string) bool {
				_, err := os.Stat(path)
				return !errors.Is(err, fs.ErrNotExist)
			}
			if !there(old) || !there(half) {
				t.Error("gone though one said no")
			}
			app.press("清理文件库…")
			app.press("删掉这些文件")
			app.wait("what went", holds("1 个半截文件"))
			s.keep("swept-" + k.name)
			if there(old) || there(half) {
				t.Error("still there")
			}
			app.close()
		})
	}
}

// remains leaves in a place a file that nobody refers to, put forty days ago, and the beginning of one, and returns
// their paths.
func remains(t *testing.T, place string) (old, half string) {
	t.Helper()
	contests, err := os.ReadDir(place)
	if err != nil || len(contests) != 1 {
		t.Fatal(contests, err)
	}
	in := filepath.Join(place, contests[0].Name(), "ab")
	old, half = filepath.Join(in, "ab"+strings.Repeat("0", 62)), filepath.Join(in, ".fayi-HALF")
	then := time.Now().Add(-40 * 24 * time.Hour)
	for _, path := range []string{old, half} {
		if err := errors.Join(os.MkdirAll(in, 0o700), os.WriteFile(path, make([]byte, 3<<20), 0o600),
			os.Chtimes(path, then, then)); err != nil {
			t.Fatal(err)
		}
	}
	return old, half
}
