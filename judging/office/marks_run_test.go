package office_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/packets"
	"fayi/judging/packet"
)

// place is where a mark stands.
type place struct {
	file, name string
}

// field is a contest of one work for each marked file, and all that was planted.
type field struct {
	o      *office.Office
	places map[int]place
	titles map[string]string // of works, by file
	there  map[int]bool      // marks that are in the files that were sent
}

// spelt spells a mark: programs treat small and large letters in different ways.
func spelt(n int) string {
	if n%3 == 1 {
		return fmt.Sprintf("planted%04dmark", n)
	}
	return fmt.Sprintf("MARK%04dPLANTED", n)
}

// sow makes all files with their marks and imports them.
func sow(t *testing.T, files []markedFile) *field {
	t.Helper()
	f := &field{o: newOffice(t), places: map[int]place{}, titles: map[string]string{}, there: map[int]bool{}}
	made := make([][]byte, len(files))
	var jobs errgroup.Group
	jobs.SetLimit(3)
	for i, file := range files {
		var parts []string
		for _, p := range file.parts {
			parts = append(parts, markPlace.ReplaceAllStringFunc(p, func(s string) string {
				n := len(f.places) + 1
				f.places[n] = place{file.name, s[2 : len(s)-2]}
				return spelt(n)
			}))
		}
		jobs.Go(func() error {
			made[i] = file.make(t, parts)
			return nil
		})
	}
	if err := jobs.Wait(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	rows := [][]any{header}
	for i, file := range files {
		seen := newFinder()
		seen.bytes(made[i], 0)
		if strings.HasSuffix(file.name, ".pdf") { // it may be encrypted
			path := filepath.Join(t.TempDir(), "a.pdf")
			if err := os.WriteFile(path, made[i], 0o600); err != nil {
				t.Fatal(err)
			}
			seen.bytes(said(t, "qpdf", "--qdf", "--decrypt", "--object-streams=disable", path, "-"), 0)
		}
		for n := range seen.found {
			f.there[n] = true
		}
		title := fmt.Sprintf("山村普法第%d号", 1000+i)
		f.titles[title] = file.name
		rows = append(rows, []any{title, "书法", "小学组", fmt.Sprintf("甲某%d", i), fmt.Sprintf("示例第%d小学", i), "乙老师",
			fmt.Sprintf("1380000%04d", i)})
		if err := os.WriteFile(filepath.Join(dir, title+"-"+file.name), made[i], 0o600); err != nil {
			t.Fatal(err)
		}
		if d := os.Getenv("FAYI_MARKED"); d != "" {
			os.WriteFile(filepath.Join(d, fmt.Sprintf("%d-%s", 1000+i, file.name)), made[i], 0o600)
		}
	}
	importAll(t, f.o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}, Media: []string{dir}})
	list, err := f.o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(list) != len(files) {
		t.Fatalf("%d works, %v", len(list), err)
	}
	for _, w := range list {
		if len(w.Judged()) != 1 {
			t.Errorf("%s was not taken as a work's file", f.titles[w.Title])
		}
	}
	return f
}

// harvest is what judges are given, by the way on which it reaches them.
type harvest map[string]*finder

// give collects what reaches judges: from the desk, in packets, on score sheets, and in the export for inspection,
// which is left in dir.
func (f *field) give(t *testing.T, dir string) harvest {
	t.Helper()
	h := harvest{"desk": newFinder(), "packet": newFinder(), "sheet": newFinder(), "export": newFinder()}
	judges, err := f.o.Assignment().Judges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range judges {
		h["desk"].ballots(t, f.o.Scoring().Desk(j.ID))
	}
	sheets, err := f.o.Scoring().WriteScoreSheets(t.Context(), t.TempDir(), "", words(t))
	if err != nil || len(sheets) == 0 {
		t.Fatalf("%d score sheets, %v", len(sheets), err)
	}
	for _, path := range sheets {
		h["sheet"].file(t, path)
	}
	if _, err := f.o.Review().WriteCopies(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	h["packet"].packets(t, f.o)
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, path := range files {
		h["export"].file(t, path)
	}
	h["export"].bytes(byPrograms(t, dir), 0)
	return h
}

func (f *finder) file(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f.bytes([]byte(filepath.Base(path)+strings.Repeat(" ", 20)), 0)
	f.bytes(data, 0)
}

// ballots looks at a judge's list and at all files that the judge can open.
func (f *finder) ballots(t *testing.T, b judging.Ballots) {
	t.Helper()
	d, err := b.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	f.bytes(list, 0)
	for _, w := range d.Works {
		for n := range w.Files {
			r, err := b.OpenFile(t.Context(), w.Code, n, 0)
			if judging.CodeOf(err) == judging.Closed {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
			f.bytes(data, 0)
		}
	}
}

// packets seals a packet for each judge and looks at it sealed, unpacked on the judge's disk, and opened.
func (f *finder) packets(t *testing.T, o *office.Office) {
	t.Helper()
	dir := t.TempDir()
	all, err := o.Packets().SealPackets(t.Context(), dir, packets.SealOptions{Passphrase: phrase, Originals: true},
		diploma.Words(words(t)), nil)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d packets, %v", len(all), err)
	}
	for _, s := range all {
		at := packet.Place{File: filepath.Join(dir, s.File), Dir: t.TempDir(), Now: clock()}
		f.file(t, at.File)
		p, err := packet.Open(t.Context(), at, phrase, nil)
		if err != nil {
			t.Fatal(err)
		}
		f.ballots(t, p)
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		filepath.WalkDir(at.Dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				f.file(t, path)
			}
			return err
		})
	}
}

// TestNoMarkReachesAJudge plants a mark in each place and looks for it in all that judges can open, as a desk, a
// packet, a score sheet and the export give it: first as it is when nobody looked, then when somebody looked at all
// that is reported and found it right. What reaches judges then must have been shown to who looked. The short form
// takes every fifth file; FAYI_ONLY names those to be taken.
func TestNoMarkReachesAJudge(t *testing.T) {
	needs(t, "exiftool", "ffmpeg", "ffprobe", "qpdf", "soffice", "pdftotext", "convert")
	start := time.Now()
	files := slices.Concat(markedFiles, officeFiles, pictureFiles, recordingFiles, pdfFiles)
	only, all := strings.Fields(os.Getenv("FAYI_ONLY")), len(files)
	if len(only) == 0 && testing.Short() {
		for i := 0; i < len(files); i += 8 {
			only = append(only, files[i].name)
		}
	}
	if len(only) > 0 {
		files = slices.DeleteFunc(files, func(f markedFile) bool { return !slices.Contains(only, f.name) })
	}
	f := sow(t, files)
	t.Logf("planted after %v", time.Since(start).Round(time.Second))
	if _, err := f.o.Review().BlindWorks(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	addJudges(t, f.o, 6)
	publish(t, f.o)
	got := f.give(t, filepath.Join(t.TempDir(), "copies"))
	f.report(t, got, "")
	f.look(t)
	if len(files) == all {
		sameList(t, f.list(files))
	} else {
		t.Log(f.list(files))
	}
	t.Logf("done after %v", time.Since(start).Round(time.Second))
}

// look lets somebody say that all that is reported may be seen, and holds what judges get then to what was shown
// before.
func (f *field) look(t *testing.T) {
	t.Helper()
	list, err := f.o.Review().BlindnessReport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	shown, states := map[judging.WorkCode]*finder{}, map[string][]string{}
	for _, s := range list {
		shown[s.Code] = newFinder()
		for _, file := range s.Files {
			for _, line := range file.Rest {
				shown[s.Code].words([]byte(line))
			}
			state := "clean"
			if file.Failed != "" {
				state = "shut: " + file.Failed
			} else if len(file.Left) > 0 {
				state = "left"
			}
			states[state] = append(states[state], f.titles[s.Title])
			if err := f.o.Review().LookedAt(t.Context(), s.Work, file.N-1, true); err != nil {
				t.Fatal(err)
			}
		}
	}
	for state, files := range states {
		t.Logf("%s: %v", state, files)
	}
	dir := filepath.Join(t.TempDir(), "looked")
	if _, err := f.o.Review().WriteCopies(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, path := range files {
		code := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), "-1")
		there := newFinder()
		there.file(t, path)
		for n := range there.found {
			if !shown[judging.WorkCode(code)].found[n] {
				t.Errorf("%s: %s reaches judges unseen by who looked", f.places[n].file, f.places[n].name)
			}
		}
	}
}

// report names the marks that reached judges and counts what was planted.
func (f *field) report(t *testing.T, got harvest, when string) {
	t.Helper()
	total, lost := 0, []string{}
	for n := 1; n <= len(f.places); n++ {
		p := f.places[n]
		var ways []string
		for way, seen := range got {
			if seen.found[n] {
				ways = append(ways, way)
			}
		}
		if slices.Sort(ways); len(ways) > 0 {
			t.Errorf("%s: %s reaches judges%s: %v", p.file, p.name, when, ways)
		}
		if f.there[n] {
			total++
		} else {
			lost = append(lost, p.file+": "+p.name)
		}
	}
	for way, seen := range got {
		t.Logf("%s%s: %d marks leaked", way, when, len(seen.found))
	}
	t.Logf("%d marks planted; %d that the formats have no place for: %v", total, len(lost), lost)
	if total < 1000 && os.Getenv("FAYI_ONLY") == "" && !testing.Short() {
		t.Errorf("only %d marks were planted", total)
	}
}

// list writes the places in which marks were found before the files were cleaned: what docs/blindness.md must say.
func (f *field) list(files []markedFile) string {
	var b strings.Builder
	b.WriteString(listHead)
	all := 0
	for _, file := range files {
		var names []string
		for n := 1; n <= len(f.places); n++ {
			if p := f.places[n]; p.file == file.name && f.there[n] {
				names = append(names, strings.ReplaceAll(p.name, "_", " "))
			}
		}
		all += len(names)
		fmt.Fprintf(&b, "\n## %s: %d\n\n", file.name, len(names))
		line := ""
		for i, name := range names {
			if i < len(names)-1 {
				name += ","
			}
			if len(line)+len(name) > 115 {
				b.WriteString(line + "\n")
				line = ""
			}
			line = strings.TrimSpace(line + " " + name)
		}
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "\n%d places.\n", all)
	return b.String()
}

const listHead = `# 盲评检查的位置 · Places searched for blind judging

自动测试用真实的程序（LibreOffice、exiftool、ffmpeg、qpdf、ImageMagick）和手工方法，在下列每个位置埋下记号，再从评审桌、
评审包、评分表和“导出评委副本”四条途径取出评委能得到的一切，用与清理程序无关的方法和这些程序逐一查找：一个也没有。

A test plants a mark in each of these places, by LibreOffice, exiftool, ffmpeg, qpdf and ImageMagick and by hand, and
takes all that judges can get from the desk, a packet, a score sheet and the export of copies. It looks there for each
mark in all ways in which bytes are spelt and packed, and asks those programs what they read: none is there.

When somebody has looked at what is reported and let it pass, what reaches judges then was shown to them as words
before.
Files of a kind that can't be cleaned are drawn again or stay shut. Words that a reader shows (text, headers,
footnotes, names of sheets) stay; names in them are searched and reported. Not searched: what is seen or heard in
pictures, films and sound, data inside codecs and between the samples of fragmented MP4, names of typefaces and
embedded fonts. Pictures within documents in formats without a cleaner (EMF, WMF) keep the file shut until somebody
looked.

This list is what the test planted; the test fails when the two differ. Each heading is a file and how many places
it has.
`

// sameList holds docs/blindness.md to what was planted. FAYI_UPDATE=1 writes it.
func sameList(t *testing.T, list string) {
	t.Helper()
	const path = "../../docs/blindness.md"
	if os.Getenv("FAYI_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(list), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	there, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(there) != list {
		t.Error("docs/blindness.md is not what was planted: write it with FAYI_UPDATE=1")
	}
}
