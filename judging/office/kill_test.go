package office_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/store/bolt"
)

// childEnv makes this test binary a second program: its value is a role, a contest's folder and a file, set apart
// by line feeds.
const childEnv = "FAYI_OFFICE_CHILD"

// roles are what the second program may do with the folder and the file.
var roles = map[string]func(dir, file string) error{
	"come and go":       importAndUndo,
	"score":             scoreForEver,
	"knock":             knock,
	"measure import":    measured(importOnce),
	"measure bare pass": measured(func(_, file string) error { return bareRows(file) }),
}

func TestMain(m *testing.M) {
	args := strings.Split(os.Getenv(childEnv), "\n")
	if len(args) != 3 {
		os.Exit(m.Run())
	}
	if err := roles[args[0]](args[1], args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child starts this binary in a role. It is killed at the latest at the end of the test.
func child(tb testing.TB, role, dir, file string) (*exec.Cmd, *bufio.Reader) {
	tb.Helper()
	exe, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childEnv+"="+role+"\n"+dir+"\n"+file)
	cmd.Stderr = tb.Output()
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, bufio.NewReader(pipe)
}

// openDir opens a contest's folder.
func openDir(ctx context.Context, dir string) (*office.Office, error) {
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	o, err := office.Open(ctx, office.Config{
		DB:     db,
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: new(chance),
		Actor:  "organiser",

		OpenCopy: bolt.OpenCopy,
	})
	if err != nil {
		return nil, errors.Join(err, blobs.Close(), db.Close())
	}
	return o, nil
}

func open(tb testing.TB, dir string) *office.Office {
	tb.Helper()
	o, err := openDir(tb.Context(), dir)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { o.Close() })
	return o
}

// emptyContest makes a contest without works in a real folder, closed again.
func emptyContest(tb testing.TB) string { return contestOf(tb, new(chance)) }

// contestOf is emptyContest with an identity that is drawn from random.
func contestOf(tb testing.TB, random io.Reader) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		tb.Fatal(err)
	}
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		tb.Fatal(err)
	}
	o, err := office.Create(tb.Context(), office.Config{
		DB:     db,
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: random,
		Actor:  "organiser",
	}, "甲", "", rules)
	if err != nil {
		tb.Fatal(err)
	}
	if err := o.Close(); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// killed starts a role, kills it after a random part of most from its first line, and returns its whole lines.
func killed(t *testing.T, chance *rand.Rand, most time.Duration, role, dir, file string) []string {
	t.Helper()
	cmd, out := child(t, role, dir, file)
	first, err := out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(time.Duration(chance.Int64N(int64(most))), func() { cmd.Process.Kill() })
	rest, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	lines := strings.Split(first+string(rest), "\n")
	return lines[:len(lines)-1]
}

// wantWhole expects that everything stored is whole and no intake is half done, and returns how many works there are.
func wantWhole(t *testing.T, o *office.Office) int {
	t.Helper()
	check, err := o.CheckContest(t.Context(), "", nil)
	// A restoration that was killed after it put the older file in place is said at the next opening, and nothing else.
	older := len(check.Found) == 1 && slices.Equal(check.Found[0].What, []office.Found{"stepped_back"})
	check.OK = check.OK || older && len(check.Altered)+len(check.Disputed)+len(check.Gone) == 0 && check.JournalOK
	if err != nil || !check.OK {
		t.Errorf("check: %+v, %v", check, err)
	}
	intakes, err := o.Intake().Intakes(t.Context())
	if err != nil {
		t.Error(err)
	}
	for _, i := range intakes {
		if i.State == judging.Pending {
			t.Errorf("intake %s is pending", i.ID)
		}
	}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Error(err)
	}
	return len(works)
}

// importAndUndo plays the program that imports a file and takes the import back, for ever.
func importAndUndo(dir, file string) error {
	ctx := context.Background()
	o, err := openDir(ctx, dir)
	fmt.Println("open")
	for err == nil {
		if _, err = o.Intake().ImportWorks(ctx, intake.ImportRequest{Sources: []string{file}}, nil); err == nil {
			fmt.Println("in")
			_, err = o.Intake().UndoImport(ctx, "")
			fmt.Println("out")
		}
	}
	return err
}

func TestAnImportKilledAtAnyMomentIsThereWholeOrNotAtAll(t *testing.T) {
	const rows = 5000
	text := []byte("作品名称,类别,作者,单位,联系电话\n")
	for i := range rows {
		text = fmt.Appendf(text, "法治作品第%d号,%s,甲某%d,示例第%d小学,%d\n", i, tenCategories[i%10], i%900, i%40, 13800000000+i)
	}
	file := put(t, "作品.csv", text)
	chance, times := rand.New(rand.NewPCG(3, 4)), 15
	if testing.Short() {
		times = 4
	}
	for range times {
		dir := emptyContest(t)
		lines := killed(t, chance, 400*time.Millisecond, "come and go", dir, file)
		o := open(t, dir)
		n := wantWhole(t, o)
		if n != 0 && n != rows {
			t.Errorf("%d works after %q", n, lines)
		}
		r := importAll(t, o, intake.ImportRequest{Sources: []string{file}})
		if r.Accepted != rows-n || r.Unchanged != n {
			t.Errorf("with %d works there, imported again: %+v", n, r.RowTally)
		}
		if n = wantWhole(t, o); n != rows {
			t.Errorf("%d works in the end", n)
		}
		o.Close()
	}
}

// scored makes a contest on disk whose judges can score.
func scored(t *testing.T) string {
	t.Helper()
	dir := emptyContest(t)
	o := open(t, dir)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 6)
	publish(t, o)
	o.Close()
	return dir
}

// scoreForEver plays the judges: it saves ballots without end, each numbered in its comment from the given number
// on, and prints those that were saved.
func scoreForEver(dir, from string) error {
	ctx := context.Background()
	o, err := openDir(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Println("open")
	n, err := strconv.Atoi(from)
	if err != nil {
		return err
	}
	for {
		for j := range 6 {
			desk := o.Scoring().Desk(judging.JudgeID(judging.Serial("j", 3, j+1)))
			duties, err := desk.Duties(ctx)
			if err != nil {
				return err
			}
			for _, w := range duties.Works {
				b := judging.Ballot{
					Code:    w.Code,
					Marks:   fill(duties.Rubrics[w.Category], 0.5+0.01*float64(n%50)),
					Comment: strconv.Itoa(n),
				}
				if _, err := desk.Save(ctx, b); err != nil {
					return err
				}
				fmt.Println(n, duties.Judge, w.Code)
				n++
			}
		}
	}
}

// kept are the numbers of the ballots that a contest holds, older values too.
func kept(t *testing.T, o *office.Office) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range works {
		history, err := o.Scoring().ScoreHistory(t.Context(), string(w.ID))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range history {
			for _, v := range s.Versions {
				out[fmt.Sprintf("%s %s %s", v.Comment, s.Judge, w.Code)] = true
			}
		}
	}
	return out
}

// killsEnv says how often programs are killed while they score; without it, 20 times.
const killsEnv = "FAYI_KILLS"

func kills(t *testing.T) int {
	t.Helper()
	s := cmp.Or(os.Getenv(killsEnv), "20")
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEveryAcknowledgedScoreOutlivesItsProgram(t *testing.T) {
	fresh, dir := scored(t), ""
	chance := rand.New(rand.NewPCG(5, 6))
	saved, scores := 0, 0
	for i := range kills(t) {
		if i%20 == 0 { // histories would grow without end
			dir, saved = filepath.Join(t.TempDir(), "甲.fayi"), 0
			if err := os.CopyFS(dir, os.DirFS(fresh)); err != nil {
				t.Fatal(err)
			}
		}
		lines := killed(t, chance, 250*time.Millisecond, "score", dir, strconv.Itoa(saved))[1:]
		scores += len(lines)
		o := open(t, dir)
		if n := wantWhole(t, o); n != 12 {
			t.Errorf("%d works", n)
		}
		there := kept(t, o)
		for _, line := range lines {
			if !there[line] {
				t.Errorf("lost: %s", line)
			}
		}
		if more := len(there) - saved - len(lines); more < 0 || more > 1 {
			t.Errorf("%d kept, %d known before, %d acknowledged", len(there), saved, len(lines))
		}
		saved = len(there)
		if err := o.Close(); err != nil {
			t.Error(err)
		}
		judgetest.CheckFile(t, filepath.Join(dir, "contest.db"))
	}
	t.Logf("%d kills, %d scores acknowledged, each one there", kills(t), scores)
	if scores < kills(t) {
		t.Errorf("only %d scores in all", scores)
	}
}

// knock plays a second program that finds the contest taken: it prints the code of the error.
func knock(dir, _ string) error {
	o, err := openDir(context.Background(), dir)
	fmt.Println(judging.CodeOf(err))
	if err != nil {
		return nil
	}
	return o.Close()
}

func TestASecondProgramFindsTheContestTaken(t *testing.T) {
	dir := emptyContest(t)
	o := open(t, dir)
	_, out := child(t, "knock", dir, "")
	if code, err := out.ReadString('\n'); code != string(judging.Busy)+"\n" {
		t.Errorf("%q, %v", code, err)
	}
	o.Close()
	_, out = child(t, "knock", dir, "")
	if code, err := out.ReadString('\n'); code != "\n" {
		t.Errorf("after the first one left: %q, %v", code, err)
	}
}
