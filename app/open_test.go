package app

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/judging/packet"
)

func TestAContestIsOpenedByAnyPathThatLeadsToIt(t *testing.T) {
	s := sit(t, Inline{})
	dir := s.create(t, "甲").Dir()
	t.Chdir(filepath.Dir(dir))
	relative := filepath.Base(dir)
	for _, path := range []string{
		dir, dir + string(filepath.Separator), relative,
		"." + string(filepath.Separator) + relative + string(filepath.Separator),
		filepath.Join(dir, "contest.db"), filepath.Join(relative, "contest.db"),
	} {
		other := s.create(t, "乙").Dir()
		if s.now().Dir() != other {
			t.Fatalf("%s is still open", s.now().Dir())
		}
		s.Open(path)
		if got := s.now().Dir(); got != dir {
			t.Errorf("%q opened %s", path, got)
		}
		if first := s.Recent()[0].Dir; first != dir {
			t.Errorf("%q is remembered as %s", path, first)
		}
		s.Open(filepath.Join(dir, "contest.db")) // is open already
		if top := kittest.Top(s.app.win); top != nil {
			t.Fatalf("%q: %q", path, kittest.Texts(top))
		}
		if err := os.RemoveAll(other); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPathThatLeadsNowhereIsTold(t *testing.T) {
	s := sit(t, Inline{})
	file := filepath.Join(s.home, "表.csv")
	if err := os.WriteFile(file, []byte("甲"), 0o600); err != nil {
		t.Fatal(err)
	}
	missing, gone := filepath.Join(s.home, "没有.fayi"), filepath.Join(s.home, "没有"+packet.Ending)
	for path, words := range map[string]string{
		missing:                              "找不到“" + missing + "”",
		filepath.Join(missing, "contest.db"): "找不到“" + filepath.Join(missing, "contest.db") + "”",
		gone:                                 "找不到“" + gone + "”", // before anybody types its passphrase
		file:                                 "“表.csv”不是征集文件夹",
	} {
		s.Open(path)
		top := kittest.Top(s.app.win)
		if top == nil || !kittest.Shows(top, words) || s.now() != nil {
			t.Fatalf("%q: %q", path, kittest.Texts(s.root()))
		}
		top.Hide()
	}
}

func TestTheFolderAroundAContestWillDo(t *testing.T) {
	s := sit(t, Inline{})
	dir := s.create(t, "甲").Dir()
	if got := contestIn(filepath.Dir(dir)); got != dir {
		t.Fatal(got)
	}
	s.create(t, "乙")
	if got := contestIn(filepath.Dir(dir)); got != filepath.Dir(dir) {
		t.Fatalf("one of two was guessed: %s", got)
	}
}
