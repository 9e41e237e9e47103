package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/judging/store/bolt"
)

// program runs fayictl as a program of its own. It must end by itself within ten seconds.
func program(tb testing.TB, args ...string) (code int, out, told string) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 10*time.Second)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "fayictl", args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tb.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// newContest makes a contest and returns its folder.
func newContest(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "甲.fayi")
	if code, _, told := program(tb, "contest", "new", dir, "--name", "示例"); code != 0 {
		tb.Fatal(code, told)
	}
	return dir
}

// hold keeps the contest taken, as another program would, until the test ends.
func hold(tb testing.TB, dir string) {
	tb.Helper()
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		blobs.Close()
		db.Close()
	})
}

func TestAContestTakenByAnotherProgramIsBusy(t *testing.T) {
	dir := newContest(t)
	hold(t, dir)
	for _, args := range [][]string{{"contest", "show", dir}, {"works", "import", dir, dir},
		{"contest", "check", dir}} {
		code, out, told := program(t, args...)
		if code != 7 || out != "" || !strings.Contains(told, "正在") {
			t.Errorf("%v: exit code %d, %q, %q", args[:2], code, out, told)
		}
	}
}

// BenchmarkBusy is how long a second program waits before it says that the contest is taken.
func BenchmarkBusy(b *testing.B) {
	dir := newContest(b)
	hold(b, dir)
	for b.Loop() {
		if code, _, told := program(b, "contest", "show", dir); code != 7 {
			b.Fatal(code, told)
		}
	}
}

// BenchmarkImport640 is a county's season brought in by the program as it is run: start, open, import, close, end.
func BenchmarkImport640(b *testing.B) {
	var rows strings.Builder
	rows.WriteString("作品名称,类别,组别,作者,单位,指导教师,联系电话\n")
	for i := range 640 {
		fmt.Fprintf(&rows, "法治之光%d,%s,小学组,甲某%d,示例第%d小学,乙某,1380000%04d\n", i, []string{"书法", "绘画", "征文"}[i%3], i, i%20,
			i)
	}
	file := filepath.Join(b.TempDir(), "作品.csv")
	if err := os.WriteFile(file, []byte(rows.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		dir := newContest(b)
		b.StartTimer()
		if code, _, told := program(b, "works", "import", dir, file); code != 0 {
			b.Fatal(code, told)
		}
	}
}

// BenchmarkVersion is the start of the program alone: texts read, the noun's commands declared.
func BenchmarkVersion(b *testing.B) {
	for b.Loop() {
		if code, _, told := program(b, "version"); code != 0 {
			b.Fatal(code, told)
		}
	}
}

// BenchmarkShow is the start of the program with the smallest thing to do.
func BenchmarkShow(b *testing.B) {
	dir := newContest(b)
	for b.Loop() {
		if code, _, told := program(b, "contest", "show", dir); code != 0 {
			b.Fatal(code, told)
		}
	}
}
