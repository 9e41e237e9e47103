package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/store/depot/depottest"
	"fayi/judging/store/replica/logtest"
)

// TestThreeComputersShareAContestWithItsFiles: one imports, another makes the judges' copies, all three score; the
// place of the files dies in between and comes back. The awards are those of the same contest on one computer, byte by
// byte, and so are the copies.
func TestThreeComputersShareAContestWithItsFiles(t *testing.T) {
	j := newJourney(t)
	place := filepath.Join(j.dir, "place")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	gone := place + "-gone"
	j.threeComputers(place, func(away bool) {
		from, to := place, gone
		if !away {
			from, to = to, from
		}
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	})
}

// TestThreeComputersShareAContestWithItsFilesInS3 is the same with a server of S3, which is killed.
func TestThreeComputersShareAContestWithItsFilesInS3(t *testing.T) {
	if testing.Short() {
		t.Skip("the same with a folder is tried")
	}
	server := depottest.S3(t)
	j := newJourney(t)
	address := server.Address
	j.run(4, "contest depot none.fayi --to "+address)
	t.Setenv(command.DepotVariable, server.Secret)
	j.threeComputers(address, func(away bool) {
		if away {
			server.End("s3")
		} else {
			server.Again("s3")
		}
	})
}

func (j *journey) threeComputers(place string, away func(bool)) {
	t := j.t
	j.material()
	j.file("late/迟来之作.txt", []byte(strings.Repeat("迟到的作品。", 40)))
	j.file("late.csv", []byte("作品名称,作者,类别,组别,单位,指导教师\n迟来之作,作者乙,征文,成人组,单位1,教师甲\n"))
	j.run(0, "contest new one.fayi --name 示例征集 --host 示例县司法局 --rules rules.toml")
	j.run(4, "contest depot one.fayi --to "+place) // it is not shared
	doc := j.run(0, "contest share one.fayi --to "+logtest.Start(t, "etcd").Addrs[0])
	invitation := find(t, doc, "invitation")
	j.run(0, "contest join "+invitation+" --out two.fayi --name 二号机")
	j.run(4, "contest depot two.fayi --fetch") // there is no place yet
	j.run(3, "contest depot one.fayi --to files")
	find(t, j.run(0, "contest depot one.fayi --to "+place), "address")
	j.run(0, "contest join "+invitation+" --out three.fayi --name 三号机")
	j.run(0, "works import two.fayi list.csv --media files")
	if n := find(t, j.run(0, "contest depot two.fayi"), "unsent"); n != "0" {
		t.Errorf("%s unsent", n)
	}

	away(true)
	j.run(0, "works import one.fayi late.csv --media late")
	j.run(1, "contest depot one.fayi")
	late := j.workCalled("three.fayi", "迟来之作")
	j.run(1, "works show three.fayi --work "+late+" --file 1 --out late.txt")
	if n := find(t, j.run(0, "contest log one.fayi"), "files_unsent"); n != "1" {
		t.Errorf("%s unsent while the place is away", n)
	}
	away(false)
	if n := find(t, j.run(0, "contest depot one.fayi"), "unsent"); n != "0" {
		t.Errorf("%s unsent", n)
	}
	j.run(0, "works show three.fayi --work "+late+" --file 1 --out late.txt")
	if got := string(j.read("late.txt")); got != string(j.read("late/迟来之作.txt")) {
		t.Errorf("the late work reads %q", got)
	}

	j.run(0, "works review two.fayi --waiting")
	for _, name := range []string{"佟四", "佟五", "佟六"} {
		j.run(0, "judges add three.fayi --name "+name+" --categories 征文,摄影")
	}
	j.run(4, "contest depot three.fayi --category 舞蹈")
	j.run(0, "contest depot three.fayi --fetch --category 征文")
	j.run(0, "works blind three.fayi --prepare")
	j.run(0, "assign plan one.fayi --per-work 2 --seed 7")
	j.run(0, "assign publish one.fayi --accept duplicates,no_group,unseen,no_files,files")
	j.run(0, "contest show two.fayi")
	j.alone("two.fayi", "alone.fayi")
	j.score("one.fayi", "two.fayi", "three.fayi")
	j.score("alone.fayi")
	want := j.outcome("alone.fayi")
	for _, dir := range []string{"one.fayi", "two.fayi", "three.fayi"} {
		if got := j.outcome(dir); got != want {
			t.Errorf("%s ends otherwise:\n%s\n%s", dir, got, want)
		}
	}
	for _, dir := range []string{"one", "two", "three", "alone"} {
		j.run(0, "works blind "+dir+".fayi --copies copies-"+dir)
	}
	for _, f := range j.files("copies-alone") {
		for _, dir := range []string{"one", "two", "three"} {
			there := filepath.Join("copies-"+dir, f)
			if string(j.read(there)) != string(j.read(filepath.Join("copies-alone", f))) {
				t.Errorf("%s is another copy", there)
			}
		}
	}
	j.run(0, "contest check one.fayi")
	j.run(0, "contest leave three.fayi")
	j.run(0, "contest check three.fayi")
	j.run(0, "contest depot one.fayi --off")
	if at := find(t, j.run(0, "contest depot two.fayi"), "address"); at != "" {
		t.Errorf("it still keeps files at %s", at)
	}
}

// workCalled is the work with a title.
func (j *journey) workCalled(dir, title string) string {
	j.t.Helper()
	for _, one := range j.run(0, "works list "+dir).([]any) {
		if find(j.t, one, "title") == title {
			return find(j.t, one, "id")
		}
	}
	j.t.Fatalf("no work is called %s", title)
	return ""
}

// alone makes a contest on one computer of what a shared one is now, with its files.
func (j *journey) alone(dir, into string) {
	j.t.Helper()
	j.run(0, "contest depot "+dir+" --fetch")
	backup := find(j.t, j.run(0, "contest backup "+dir), "path")
	j.file(filepath.Join(into, "contest.db"), j.read(backup))
	if err := os.CopyFS(filepath.Join(into, "media"), os.DirFS(filepath.Join(dir, "media"))); err != nil {
		j.t.Fatal(err)
	}
	j.run(4, "contest log "+into)
}

// score enters every score by turns on the computers, and decides the awards on the last.
func (j *journey) score(dirs ...string) {
	j.t.Helper()
	judges := map[string]bool{}
	for i, one := range j.run(0, "assign list "+dirs[0]).([]any) {
		judge, work := find(j.t, one, "judge"), find(j.t, one, "work")
		judges[judge] = true
		total := 60 + (len(judge)*7+int(work[len(work)-1])*5+int(judge[len(judge)-1])*3)%40
		j.run(0, fmt.Sprintf("scores enter %s --judge %s --work %s --total %d", dirs[i%len(dirs)], judge, work, total))
	}
	for judge := range judges {
		j.run(0, "scores submit "+dirs[0]+" --judge "+judge)
	}
	j.run(0, "awards decide "+dirs[len(dirs)-1])
}

func (j *journey) outcome(dir string) string {
	j.t.Helper()
	out, err := json.Marshal([]any{j.run(0, "rank "+dir), j.run(0, "awards list "+dir)})
	if err != nil {
		j.t.Fatal(err)
	}
	return string(out)
}

func (j *journey) files(dir string) (names []string) {
	j.t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil || len(found) == 0 {
		j.t.Fatalf("%s: %v, %v", dir, found, err)
	}
	for _, f := range found {
		names = append(names, f.Name())
	}
	return names
}
