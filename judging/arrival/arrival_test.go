package arrival

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/judging"
)

func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// clock is one that stands until it is set.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// looked writes what a look says: names, + for what grows.
func looked(t *testing.T, w *Watch) string {
	t.Helper()
	list, _, err := w.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		if e.Growing {
			e.Name += "+"
		} else if e.Sum == "" {
			t.Errorf("%s stands still without a sum", e.Name)
		}
		out = append(out, e.Name)
	}
	return strings.Join(out, " ")
}

func TestWhatIsStillBeingWrittenIsNotOffered(t *testing.T) {
	dir := t.TempDir()
	c := &clock{time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)}
	w := NewWatch(dir, c.now)
	f, err := os.Create(filepath.Join(dir, "甲.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range 4 { // a copy that is slow: each look finds more of it
		if _, err := fmt.Fprint(f, "一段"); err != nil {
			t.Fatal(err)
		}
		if got := looked(t, w); got != "甲.zip+" {
			t.Errorf("part %d: %s", i, got)
		}
		c.at = c.at.Add(time.Hour)
	}
	steady := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC) // a copy may bear the time of what it was made from
	if err := os.Chtimes(f.Name(), steady, steady); err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		pass time.Duration
		want string
	}{{0, "甲.zip+"}, {Quiet - 1, "甲.zip+"}, {1, "甲.zip"}, {-time.Hour, "甲.zip+"}, {Quiet, "甲.zip"}} {
		c.at = c.at.Add(s.pass)
		if got := looked(t, w); got != s.want {
			t.Errorf("after %v: %s, want %s", s.pass, got, s.want)
		}
	}
	if _, err := fmt.Fprint(f, "又写"); err != nil {
		t.Fatal(err)
	}
	if got := looked(t, w); got != "甲.zip+" {
		t.Errorf("written to again: %s", got)
	}
}

func TestDownloadsLinksAndLitterAreNotOffered(t *testing.T) {
	dir := t.TempDir()
	c := &clock{time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)}
	w := NewWatch(dir, c.now)
	put(t, filepath.Join(dir, "片.mp4.crdownload"), "半")
	put(t, filepath.Join(dir, "第一小学", "字.jpg"), "字")
	put(t, filepath.Join(dir, "第二小学", "片.MP4.xltd"), "半")
	put(t, filepath.Join(dir, "~$表.xlsx"), "锁")
	put(t, filepath.Join(dir, "Thumbs.db"), "图")
	if err := os.Mkdir(filepath.Join(dir, "空"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "别处")); err != nil {
		t.Skip(err)
	}
	looked(t, w)
	c.at = c.at.Add(time.Minute)
	for _, name := range strings.Fields(looked(t, w)) {
		want := map[string]bool{"片.mp4.crdownload+": true, "第一小学": true, "第二小学+": true, "空+": true}
		if !want[name] {
			t.Errorf("offers %s", name)
		}
	}
	_, _, err := NewWatch(filepath.Join(dir, "没有"), c.now).Look(t.Context())
	if judging.CodeOf(err) != judging.NotFound {
		t.Errorf("a folder that is gone: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, _, err := NewWatch(dir, c.now).Look(ended); err == nil {
		t.Error("looks though nobody waits")
	}
}

func TestASumIsOfContentsAlone(t *testing.T) {
	sum := func(paths ...string) string {
		t.Helper()
		s, err := Sum(t.Context(), paths)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b := t.TempDir(), t.TempDir()
	put(t, filepath.Join(a, "表.csv"), "一")
	put(t, filepath.Join(a, "图", "1.jpg"), "二")
	put(t, filepath.Join(b, "图", "1.jpg"), "二")
	put(t, filepath.Join(b, "表.csv"), "一")
	put(t, filepath.Join(b, ".DS_Store"), "系统留下的")
	if sum(a) != sum(b) {
		t.Error("the same files in another folder have another sum")
	}
	one := put(t, filepath.Join(t.TempDir(), "甲.zip"), "一样")
	two := put(t, filepath.Join(t.TempDir(), "甲(1).zip"), "一样")
	if sum(one) != sum(two) {
		t.Error("the same file under another name has another sum")
	}
	for name, change := range map[string]func(){
		"a byte":         func() { put(t, filepath.Join(b, "表.csv"), "三") },
		"a file more":    func() { put(t, filepath.Join(b, "又一.jpg"), "") },
		"another folder": func() { put(t, filepath.Join(b, "图2", "1.jpg"), "二"); os.RemoveAll(filepath.Join(b, "图")) },
	} {
		before := sum(b)
		change()
		if sum(b) == before {
			t.Errorf("%s makes no difference", name)
		}
	}
	if _, err := Sum(t.Context(), []string{filepath.Join(a, "没有")}); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("nothing there: %v", err)
	}
}
