//go:build unix

package app

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
)

// oddities are what can be at a path and is no file to be read; the value makes it.
var oddities = map[string]func(t *testing.T, path string){
	"pipe": func(t *testing.T, path string) {
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
	},
	"device": func(t *testing.T, path string) { linked(t, "/dev/zero", path) },
	"folder": func(t *testing.T, path string) {
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
	},
	"dangling link":  func(t *testing.T, path string) { linked(t, path+".gone", path) },
	"link to itself": func(t *testing.T, path string) { linked(t, path, path) },
	"socket": func(t *testing.T, path string) {
		at, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { syscall.Close(at) })
		t.Chdir(filepath.Dir(path)) // names of sockets are short
		if err := syscall.Bind(at, &syscall.SockaddrUnix{Name: filepath.Base(path)}); err != nil {
			t.Fatal(err)
		}
	},
	"not readable": func(t *testing.T, path string) {
		if err := os.WriteFile(path, []byte("x"), 0); err != nil {
			t.Fatal(err)
		}
	},
	"not there": func(*testing.T, string) {},
}

func linked(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
}

// entry is a way by which a file comes into the window.
type entry struct {
	name, ext string
	give      func(t *testing.T, s *seated, path string)
}

// chosen is a button that asks for a file, whose path is typed.
func chosen(kind, key, ext string) entry {
	return entry{"choose " + key, ext, func(t *testing.T, s *seated, path string) {
		s.app.Navigate(kit.Route{Kind: kind})
		kittest.Tap(t, s.root(), s.app.T(key, nil))
		top := kittest.Top(s.app.win)
		place := kittest.All[*field.Entry](top)[1]
		place.SetText(path)
		place.OnSubmitted(path)
	}}
}

func dropped(kind, ext string) entry {
	return entry{"drop on " + kind, ext, func(_ *testing.T, s *seated, path string) {
		s.app.Navigate(kit.Route{Kind: kind})
		s.drops(path)
	}}
}

func opened(ext string) entry {
	return entry{"open *" + ext, ext, func(_ *testing.T, s *seated, path string) { s.Open(path) }}
}

var entries = []entry{
	opened(""), opened(".fayi"), opened(".db"), opened(".fayipacket"), opened(".fayireply"), opened(".fayiarchive"),
	opened(".xlsx"),
	dropped(page.Overview, ".xlsx"), dropped(page.Works, ".xlsx"), dropped(page.Works, ".jpg"),
	dropped(page.Import, ".xlsx"), dropped(page.Import, ".zip"), dropped(page.Judges, ".xlsx"),
	dropped(page.Problems, ".xlsx"), dropped(page.Packets, ".fayireply"), dropped(page.Progress, ".xlsx"),
	dropped(page.Overview, ".fayipacket"), dropped(page.Overview, ".fayiarchive"), dropped(page.Overview, ".db"),
	dropped(page.Overview, ".fayi"), dropped(page.Judges, ".csv"),
	chosen(page.Judges, "app.judges_import", ".xlsx"), chosen(page.Units, "units.import", ".xlsx"),
	chosen(page.Problems, "problems.take_back", ".xlsx"), chosen(page.Packets, "packets.collect", ".fayireply"),
	{"compare with a paper", ".db", func(t *testing.T, s *seated, path string) { s.against(t, path) }},
	{"compare with a paper", ".fayiarchive", func(t *testing.T, s *seated, path string) { s.against(t, path) }},
	{"compare with a paper", ".fayipacket", func(t *testing.T, s *seated, path string) { s.against(t, path) }},
}

// onScreen is all that a person can read.
func (s *seated) onScreen() []string {
	out := kittest.Texts(s.root())
	if top := kittest.Top(s.app.win); top != nil {
		out = append(out, kittest.Texts(top)...)
	}
	return out
}

// refusals are parts of what is said to a person whose file is not taken.
var refusals = []string{
	"不是", "找不到", "无法读", "无法打开", "读不出", "打不开", "读不了", "不能", "没有找到", "不接收", "不让读取", "看不懂", "没有“", "里没有",
	"读取失败",
}

// TestWhatIsNoFileIsToldAtEveryEntryOfTheWindow gives each entry each oddity: it is said in words, within seconds.
func TestWhatIsNoFileIsToldAtEveryEntryOfTheWindow(t *testing.T) {
	s := sit(t, Inline{})
	s.create(t, "甲县征集")
	now := ""
	limited, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	defer context.AfterFunc(limited, func() { panic("the window hangs: " + now) })() // the test itself is the window
	for _, e := range entries {
		for _, kind := range slices.Sorted(maps.Keys(oddities)) {
			if kind == "not readable" && os.Getuid() == 0 {
				continue // the administrator reads all
			}
			if kind == "folder" && strings.HasPrefix(e.name, "choose") {
				continue // one goes into it
			}
			now = fmt.Sprintf("%s: %s", e.name, kind)
			dir := filepath.Join(t.TempDir(), "来稿")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, "某件"+e.ext)
			oddities[kind](t, path)
			s.app.Tell(kit.Notice{})
			start := time.Now()
			e.give(t, s, path)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%s: took %v", now, took)
			}
			said := strings.Join(s.onScreen(), "\n")
			if !slices.ContainsFunc(refusals, func(r string) bool { return strings.Contains(said, r) }) {
				t.Errorf("%s: it is not told: %q", now, s.onScreen())
			}
			s.closeDialogs()
			if s.now() == nil {
				t.Fatalf("%s: it closed the contest", now)
			}
			s.app.Restart(kit.Route{Kind: page.Overview})
		}
	}
}
