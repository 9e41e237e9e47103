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
	for _, name := range []string{"room.html", "room.js", "room.css", "icon.svg"} {
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

func TestThePageIsLight(t *testing.T) {
	if n := web.Weight(); n > 60_000 {
		t.Errorf("the page weighs %d bytes compressed, at most 60000", n)
	}
}

// TestThePageNeedsNothingThatOldBrowsersLack looks for what Chromium 61 and Safari 14.1 do not have: esbuild rewrites
// syntax only, and nothing here can run them.
func TestThePageNeedsNothingThatOldBrowsersLack(t *testing.T) {
	js, err := os.ReadFile("room.js")
	if err != nil {
		t.Fatal(err)
	}
	css, err := os.ReadFile("room.css")
	if err != nil {
		t.Fatal(err)
	}
	lacking := regexp.MustCompile(`\bBigInt\b|\d+n\b[^a-z]|structuredClone|\.flat\(|\.flatMap\(|fromEntries|replaceAll|` +
		`allSettled|matchAll|\.at\(|randomUUID|crypto\.subtle|serviceWorker|\bcaches\b|replaceChildren|ResizeObserver|` +
		`WeakRef|\?\?=|\?\.[a-z]`)
	if !bytes.Contains(js, []byte("window.queueMicrotask=")) { // web/src/old.ts
		t.Error("room.js does not bring queueMicrotask where it is missing")
	}
	for _, m := range lacking.FindAllIndex(js, -1) {
		t.Errorf("room.js has …%s…", js[max(0, m[0]-30):min(len(js), m[1]+30)])
	}
	lacking = regexp.MustCompile(`clamp\(|[^-]min\(|[^-]max\(|aspect-ratio|inset:|:is\(|:where\(|:focus-visible|[\d.]dvh|` +
		`[;{]gap:|@layer|@container`)
	for _, m := range lacking.FindAllIndex(css, -1) {
		t.Errorf("room.css has …%s…", css[max(0, m[0]-30):min(len(css), m[1]+30)])
	}
}

func TestTheShellNamesItsFilesByTheirContent(t *testing.T) {
	shell := string(web.Shell())
	names := regexp.MustCompile(`/a/([0-9a-f]{16}\.(?:js|css|svg))`).FindAllStringSubmatch(shell, -1)
	if len(names) != 3 {
		t.Fatalf("%d files in %s", len(names), shell)
	}
	for _, n := range names {
		if data, mime := web.Asset(n[1]); len(data) == 0 || mime == "" || len(web.Packed(n[1])) == 0 {
			t.Errorf("there is no %s", n[1])
		}
	}
	if data, _ := web.Asset("room.js"); data != nil {
		t.Error("a file is there under a name that does not change with it")
	}
	if !strings.Contains(shell, web.Version()) || len(web.Version()) != 16 {
		t.Errorf("the version %q is not in the shell", web.Version())
	}
	if regexp.MustCompile(`(?i)<script(?:[^>]* src=[^>]*)?>[^<]|\son\w+=|<style|style=`).MatchString(shell) {
		t.Error("something is inline")
	}
}
