package office_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/store/bolt"
)

// withFiles is a contest in a real folder with three works and their files.
func withFiles(t *testing.T) (o *office.Office, dir string) {
	t.Helper()
	dir = emptyContest(t)
	return furnish(t, dir), dir
}

// furnish brings three works and their files into an empty contest.
func furnish(t *testing.T, dir string) *office.Office {
	t.Helper()
	o := open(t, dir)
	list := filepath.Join(t.TempDir(), "list.csv")
	media := filepath.Join(t.TempDir(), "media")
	if err := os.MkdirAll(media, 0o700); err != nil {
		t.Fatal(err)
	}
	rows := "编号,作品名称,作者,单位,类别\n"
	for i, title := range []string{"春天", "法在身边", "守护"} {
		number := string(rune('1' + i))
		rows += number + "," + title + ",张三" + number + ",第一小学,征文\n"
		text := bytes.Repeat([]byte(title+"的正文。"), 200)
		if err := os.WriteFile(filepath.Join(media, number+"-"+title+".txt"), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(list, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{
		Sources: []string{list}, Media: []string{media},
	}, nil); err != nil {
		t.Fatal(err)
	}
	return o
}

// blobPath is where a contest keeps a file.
func blobPath(dir, sum string) string { return filepath.Join(dir, "media", sum[:2], sum) }

// sumsOf lists the files of all works.
func sumsOf(t *testing.T, o *office.Office) (sums []string) {
	t.Helper()
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range works {
		for _, f := range w.Files {
			sums = append(sums, f.Sum)
		}
	}
	if len(sums) != 3 {
		t.Fatalf("%d files are in the contest", len(sums))
	}
	return sums
}

// isWhole opens a folder as a contest and wants nothing wrong in it, and the journal to be at mark.
func isWhole(t *testing.T, dir, mark string) {
	t.Helper()
	o, err := openDir(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	r, err := o.CheckContest(t.Context(), mark, nil)
	if err != nil || !r.OK || !r.Continues {
		t.Errorf("check of %s: %+v %v", filepath.Base(dir), r, err)
	}
}

func markOf(t *testing.T, o *office.Office) string {
	t.Helper()
	r, err := o.CheckContest(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Mark
}

func TestAContestComesBackFromAnArchiveOnAnotherComputer(t *testing.T) {
	o, _ := withFiles(t)
	path := filepath.Join(t.TempDir(), "2020")
	r, err := o.Copies().Archive(t.Context(), path, "", nil)
	if err != nil || r.File != path+".fayiarchive" || r.Files < 3 {
		t.Fatalf("%+v %v", r, err)
	}
	again := filepath.Join(t.TempDir(), "again.fayi")
	if _, err := bolt.Unarchive(t.Context(), r.File, again, "", office.HoldsContest, nil); err != nil {
		t.Fatal(err)
	}
	isWhole(t, again, markOf(t, o))
	if _, err := o.Copies().Archive(t.Context(), path, "", nil); judging.CodeOf(err) != judging.Clash {
		t.Errorf("over a file that exists: %v", err)
	}
}

func TestASecondFolderFollowsTheFirst(t *testing.T) {
	o, dir := withFiles(t)
	second := t.TempDir()
	r, err := o.Copies().Mirror(t.Context(), second, false, nil)
	if err != nil || r.Copied < 3 || r.Kept != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	copied := r.Copied
	isWhole(t, r.Dir, markOf(t, o))
	rename(t, o, "春天来了")
	if r, err = o.Copies().Mirror(t.Context(), second, true, nil); err != nil || r.Copied != 0 || r.Kept != copied {
		t.Errorf("the second time: %+v %v", r, err)
	}
	isWhole(t, r.Dir, markOf(t, o))
	if filepath.Base(r.Dir) != filepath.Base(dir) {
		t.Errorf("it is called %s", r.Dir)
	}
}

// rename changes the title of the first work.
func rename(t *testing.T, o *office.Office, title string) {
	t.Helper()
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Corrections().CorrectWorks(t.Context(), correction.Correction{
		Works: []string{string(works[0].ID)}, Set: map[string]string{"title": title}, Reason: "写错了",
	}); err != nil {
		t.Fatal(err)
	}
}

func TestDamagedFilesAreHealedFromTheSecondFolder(t *testing.T) {
	o, dir := withFiles(t)
	second := t.TempDir()
	r, err := o.Copies().Mirror(t.Context(), second, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	sums := sumsOf(t, o)
	damage := func(path string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		data[7] ^= 4
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	damage(blobPath(dir, sums[0]))
	if err := os.Remove(blobPath(dir, sums[1])); err != nil {
		t.Fatal(err)
	}
	// A file that is damaged here must not replace the whole one there.
	again, err := o.Copies().Mirror(t.Context(), second, true, nil)
	if err != nil || len(again.Repaired) != 0 {
		t.Errorf("%+v %v", again, err)
	}
	isWhole(t, r.Dir, "")
	healed, err := o.Copies().Heal(t.Context(), r.Dir, nil)
	slices.Sort(healed.Repaired)
	if want := slices.Sorted(slices.Values(sums[:2])); err != nil || !slices.Equal(healed.Repaired, want) ||
		len(healed.Damaged) != 0 {
		t.Errorf("%+v %v", healed, err)
	}
	if c, err := o.CheckContest(t.Context(), "", nil); err != nil || !c.OK {
		t.Errorf("%+v %v", c, err)
	}
}

func TestAMirrorNeverReplacesWhatIsNotItsOwn(t *testing.T) {
	o, dir := withFiles(t)
	other := furnish(t, contestOf(t, &chance{last: 7}))
	parent := func(of string) string { return filepath.Dir(of) }
	second := t.TempDir()
	r, err := other.Copies().Mirror(t.Context(), second, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	wants := func(name, in string, code judging.Code, text string) {
		t.Helper()
		if _, err := o.Copies().Mirror(t.Context(), in, false, nil); !errors.Is(err, judging.Fail(code, text, nil)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wants("another contest", second, judging.Clash, "mirror.other_contest")
	wants("its own place", parent(dir), judging.Invalid, "mirror.own_folder")
	wants("below itself", filepath.Join(dir, "backups"), judging.Invalid, "mirror.own_folder")
	isWhole(t, r.Dir, "")

	third := t.TempDir()
	if r, err = o.Copies().Mirror(t.Context(), third, false, nil); err != nil {
		t.Fatal(err)
	}
	there := open(t, r.Dir)
	rename(t, there, "在第二份里改的")
	if err := there.Close(); err != nil {
		t.Fatal(err)
	}
	wants("somebody worked there", third, judging.Clash, "mirror.own_way")

	taken := t.TempDir()
	mine := filepath.Join(taken, filepath.Base(dir), "mine.txt")
	if err := errors.Join(os.MkdirAll(filepath.Dir(mine), 0o700), os.WriteFile(mine, []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	wants("something else", taken, judging.Clash, "store.folder_taken")
}

func TestADamagedSecondFolderIsMadeAgain(t *testing.T) {
	o, _ := withFiles(t)
	second := t.TempDir()
	r, err := o.Copies().Mirror(t.Context(), second, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.Dir, "contest.db"), []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sumsOf(t, o)[0]
	if err := os.WriteFile(blobPath(r.Dir, sum), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err = o.Copies().Mirror(t.Context(), second, false, nil); err != nil ||
		!slices.Equal(r.Repaired, []string{sum}) {
		t.Errorf("%+v %v", r, err)
	}
	isWhole(t, r.Dir, "")
	kept, err := filepath.Glob(filepath.Join(r.Dir, "backups", "damaged-*.db"))
	if err != nil || len(kept) != 1 {
		t.Errorf("the damaged database was not put aside: %v %v", kept, err)
	}
}
