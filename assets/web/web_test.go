package web_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fayi/assets/web"
)

func TestThePageIsWhatItsSourcesMake(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("../../scripts/web", dir).CombinedOutput(); err != nil {
		t.Fatalf("scripts/web: %v\n%s", err, out)
	}
	for _, name := range []string{
		"room.html", "room.js", "room.css", "screen.html", "screen.js", "screen.css", "icon.svg",
		"hall.html", "hall.js", "hall.css",
		"parcel.html", "parcel.js", "parcel.css",
	} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what web/ makes: run scripts/web", name)
		}
	}
}

func TestThePagesAreLight(t *testing.T) {
	if n := web.Room().Weight; n > 60_000 {
		t.Errorf("the judges' page weighs %d bytes compressed, at most 60000", n)
	}
	if n := web.Hall().Weight; n > 20_000 {
		t.Errorf("the page of a hall weighs %d bytes compressed, at most 20000", n)
	}
	if n := web.Screen().Weight; n > 20_000 {
		t.Errorf("the big screen weighs %d bytes compressed, at most 20000", n)
	}
}

// TestThePagesNeedNothingThatOldBrowsersLack looks for what Chromium 61 and Safari 14.1 do not have: esbuild rewrites
// syntax only, and nothing here can run them.
func TestThePagesNeedNothingThatOldBrowsersLack(t *testing.T) {
	inScript := regexp.MustCompile(`\bBigInt\b|\d+n\b[^a-z]|structuredClone|\.flat\(|\.flatMap\(|fromEntries|` +
		`replaceAll|allSettled|matchAll|\.at\(|randomUUID|crypto\.subtle|serviceWorker|\bcaches\b|` +
		`replaceChildren|ResizeObserver|` +
		`WeakRef|\?\?=|\?\.[a-z]`)
	inStyle := regexp.MustCompile(`clamp\(|[^-]min\(|[^-]max\(|aspect-ratio|inset:|:is\(|:where\(|` +
		`:focus-visible|[\d.]dvh|` +
		`[;{]gap:|@layer|@container`)
	for _, page := range []string{"room", "screen", "hall", "parcel"} {
		js, err := os.ReadFile(page + ".js")
		if err != nil {
			t.Fatal(err)
		}
		css, err := os.ReadFile(page + ".css")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(js, []byte("window.queueMicrotask=")) { // web/src/old.ts
			t.Errorf("%s.js does not bring queueMicrotask where it is missing", page)
		}
		for _, m := range inScript.FindAllIndex(js, -1) {
			t.Errorf("%s.js has …%s…", page, js[max(0, m[0]-30):min(len(js), m[1]+30)])
		}
		for _, m := range inStyle.FindAllIndex(css, -1) {
			t.Errorf("%s.css has …%s…", page, css[max(0, m[0]-30):min(len(css), m[1]+30)])
		}
	}
}

func TestTheShellsNameTheirFilesByTheirContent(t *testing.T) {
	for _, page := range []*web.Page{web.Room(), web.Screen(), web.Hall()} {
		shell := string(page.Shell)
		names := regexp.MustCompile(`"a/([0-9a-f]{16}\.(?:js|css|svg))`).FindAllStringSubmatch(shell, -1)
		if len(names) != 3 {
			t.Fatalf("%d files in %s", len(names), shell)
		}
		for _, n := range names {
			if f := web.Find(n[1]); f == nil || len(f.Data) == 0 || f.Type == "" || len(f.Packed) == 0 {
				t.Errorf("there is no %s", n[1])
			}
		}
		if !strings.Contains(shell, page.Version) || len(page.Version) != 16 {
			t.Errorf("the version %q is not in the shell", page.Version)
		}
		if regexp.MustCompile(`(?i)<script(?:[^>]* src=[^>]*)?>[^<]|\son\w+=|<style|style=`).MatchString(shell) {
			t.Error("something is inline")
		}
	}
	if web.Find("room.js") != nil {
		t.Error("a file is there under a name that does not change with it")
	}
}

// TestSizesOfTheSourcesOfThePages keeps each file of web/src as short as one of Go may be.
func TestSizesOfTheSourcesOfThePages(t *testing.T) {
	files, err := filepath.Glob("../../web/src/*")
	if err != nil || len(files) < 15 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(text, []byte("\n")); n > mostLines {
			t.Errorf("%s has %d lines, at most %d", path, n, mostLines)
		}
	}
}

const mostLines = 450 // of one file of web/src
