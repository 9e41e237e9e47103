package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/assets/plaintest"
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/office"
	"fayi/judging/store/seal"
)

var (
	word      = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_./-]*`)
	templated = regexp.MustCompile(`{{[^}]*}}`)
)

// typedWords are the words that belong to the command line: commands, flags, what may be given with them, variables.
var typedWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, area := range []string{"cli", "command", "flag"} {
		data, err := os.ReadFile(filepath.Join(source, "assets/text", area+".zh-Hans.json"))
		if err != nil {
			panic(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			panic(err)
		}
		for _, text := range texts {
			for _, w := range word.FindAllString(templated.ReplaceAllString(text, " "), -1) {
				out[w] = true
			}
		}
	}
	all, err := command.Whole("zh-Hans", nouns)
	if err != nil {
		panic(err)
	}
	for _, kind := range office.PointKinds() { // given with --accept
		out[kind] = true
	}
	_, commands := all.Described()
	for _, c := range commands {
		for _, w := range word.FindAllString(c.Usage+" "+c.Command, -1) {
			out[strings.TrimRight(w, ".")] = true
		}
		for _, f := range c.Flags {
			for _, w := range word.FindAllString(fmt.Sprint(f), -1) {
				out[w] = true
			}
		}
	}
	return out
})

// source is the top of the project's tree, however deep the tests of this package have gone since.
var source = func() string {
	at, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	return at
}()

// unplain finds what a message of the command line args should not say.
func unplain(lang, text string, args ...string) []string {
	var own []string
	for _, a := range args {
		if typedWords()[a] || len(a) < 3 {
			continue
		}
		own = append(own, a, filepath.Base(a))
		if _, v, ok := strings.Cut(a, "="); ok {
			own = append(own, v, filepath.Base(v), strings.Trim(v, `"`))
		}
	}
	return plaintest.Printed(lang, text, typedWords(), own...)
}

// said runs one line in a language and returns its exit code and what it said on both ways out.
func said(ctx context.Context, lang string, args []string) (code int, text string) {
	var out, told bytes.Buffer
	code = command.Run(ctx, nouns, append(args, "--lang", lang), command.World{
		Out: &out, Err: &told, In: strings.NewReader(""), Lang: "zh_CN.UTF-8", Now: time.Now, Random: rand.Reader,
		Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1},
	})
	return code, told.String() + out.String()
}

// hostileValues are wrong values for what a command takes, made in the folder of the test.
func hostileValues(t *testing.T) []string {
	t.Helper()
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	if f, err := z.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	} else if _, err := f.Write(bytes.Repeat([]byte("<workbook"), 400)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{
		"空.xlsx": nil, "乱.xlsx": []byte("PK\x03\x04 乱"), "断.xlsx": book.Bytes()[:book.Len()-30], "坏.xlsx": book.Bytes(),
		"断.zip": book.Bytes()[:40], "字.txt": []byte("不是表格\x00\xff\n"), "表.csv": []byte("甲,乙\n1,2\n"),
		"规则.toml": []byte("title = \nmissing_judges = \"x\""), "规则二.toml": []byte("official = \"x\"\n"),
	}
	for name, data := range files {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"空夹", "假.fayi"} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile("假.fayi/contest.db", []byte("不是数据"), 0o600); err != nil {
		t.Fatal(err)
	}
	return append(slices.Sorted(maps.Keys(files)), "没有.xlsx", "空夹", "假.fayi")
}

// walk gives wrong values to commands and looks at what they say.
type walk struct {
	t      *testing.T
	dirs   []string // of contests, each further on than the one before
	every  int      // of so many flags one is tried
	flags  int      // values for flags so far
	lines  int
	failed map[string]bool
	said   map[string]bool
}

// try runs one line that should fail. What it says is looked at in Chinese, and in English where it is new.
func (w *walk) try(args []string) {
	w.lines++
	code, text := said(w.t.Context(), "zh", slices.Clone(args))
	if code == 0 {
		return
	}
	w.failed[strings.Join(args[:min(2, len(args))], " ")] = true
	w.look("zh", text, args)
	plain := text
	for _, a := range args {
		plain = strings.ReplaceAll(plain, a, "")
	}
	if !w.said[plain] {
		w.said[plain] = true
		_, text = said(w.t.Context(), "en", slices.Clone(args))
		w.look("en", text, args)
	}
}

func (w *walk) look(lang, text string, args []string) {
	for _, f := range unplain(lang, text, args...) {
		w.t.Errorf("%q (%s): %s\n%s", args, lang, f, text)
	}
}

// values are the wrong values for what usage calls what.
func values(what string, files []string) []string {
	for _, part := range []string{"FILE", "DIR", "SOURCE", "PATH", "FOLDER", "BACKUP", "PACKET", "REPLY", "TABLE"} {
		if strings.Contains(what, part) {
			return files
		}
	}
	return []string{"zzz", "-1", "99999", "j001", "w000003"}
}

// wrongly gives a command each wrong value in each of its places, all places at once and then one flag after another.
func (w *walk) wrongly(c command.Help, files []string) {
	usage := strings.Fields(strings.TrimPrefix(strings.TrimPrefix(c.Usage, "fayictl "), c.Command))
	line := func(contest string, nth int) []string {
		args := strings.Fields(c.Command)
		for _, u := range usage {
			if strings.HasPrefix(strings.TrimLeft(u, "["), "-") {
				break
			}
			switch bare := strings.Trim(u, "[]."); {
			case bare == "CONTEST":
				args = append(args, contest)
			case bare == strings.ToUpper(bare) && bare != "":
				all := values(bare, files)
				args = append(args, all[nth%len(all)])
			}
		}
		for _, f := range c.Flags {
			if f.Needed {
				all := values(f.Value, files)
				args = append(args, lastWord(f.Flag)+"="+all[nth%len(all)])
			}
		}
		return briefly(args)
	}
	most := len(w.dirs)
	for _, u := range append(usage, needed(c)...) {
		if u != "CONTEST" {
			most = max(most, len(values(u, files)))
		}
	}
	for nth := range most {
		w.try(line(w.dirs[nth%len(w.dirs)], nth))
	}
	for _, bad := range []string{"没有.fayi", "假.fayi", "空夹", "空.xlsx"} {
		w.try(line(bad, 0))
	}
	for _, f := range c.Flags {
		for nth, v := range values(f.Value, files) {
			if w.flags++; w.flags%w.every != 0 {
				continue
			}
			w.try(append(line(w.dirs[nth%len(w.dirs)], nth), lastWord(f.Flag)+"="+v))
		}
	}
}

// needed lists what the flags of a command take that must be given.
func needed(c command.Help) (out []string) {
	for _, f := range c.Flags {
		if f.Needed {
			out = append(out, f.Value)
		}
	}
	return out
}

// Every command is given, in each place, wrong values: files that do not exist, folders, broken archives, names that
// nothing has. Whatever it says, in Chinese and English, it says in words of people. Flags take turns with the values;
// FAYI_WORDS=all gives each flag each of them, which takes some minutes.
func TestWhatGoesWrongIsSaidPlainly(t *testing.T) {
	j := newJourney(t)
	for _, step := range []func(){
		j.material, j.contest, j.works, j.judges, j.assign, j.scores, j.rehearsal, j.awards,
	} {
		step()
	}
	w := &walk{
		t: t, dirs: []string{"c.fayi", "r.fayi", newContest(t)}, failed: map[string]bool{}, said: map[string]bool{},
		every: 4,
	}
	lines := 800
	switch {
	case os.Getenv("FAYI_WORDS") == "all":
		w.every, lines = 1, 1500
	case testing.Short():
		w.every, lines = 12, 500
	}
	files := hostileValues(t)
	_, commands := fullTree(t, "zh-Hans").Described()
	for _, c := range commands {
		if c.Example != "" && !strings.HasPrefix(c.Command, "sample") && c.Command != "completion" {
			w.wrongly(c, files)
		}
	}
	if w.lines < lines || len(w.failed) < 60 || len(w.said) < 120 {
		t.Errorf("%d lines, %d commands failed and said %d things", w.lines, len(w.failed), len(w.said))
	}
}

// lastWord returns the long form of a flag: "--help" of "-h, --help".
func lastWord(flag string) string { return flag[strings.LastIndex(flag, " ")+1:] }
