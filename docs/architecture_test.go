package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named finds what a document quotes that begins like a folder of the project.
var named = regexp.MustCompile("`((?:app|assets|cmd|docs|internal|judging|scripts)(?:/[A-Za-z0-9_.-]+)*/?)`")

// paths lists the files and folders that a text names, and those that are not there.
func paths(text string) (all, absent []string) {
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
		if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(m[1]))); err != nil {
			absent = append(absent, m[1])
		}
	}
	return all, absent
}

func TestEveryPathInTheArchitectureExists(t *testing.T) {
	for file, least := range map[string]int{"architecture.md": 80, "../CONTRIBUTING.md": 8} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all, absent := paths(string(data))
		for _, p := range absent {
			t.Errorf("%s names %s, which is not there", file, p)
		}
		if len(all) < least {
			t.Errorf("only %d paths found in %s", len(all), file)
		}
	}
}

func TestThePictureNamesPackagesThatExist(t *testing.T) {
	data, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, picture, _ := strings.Cut(string(data), "```\n")
	picture, _, _ = strings.Cut(picture, "\n```")
	found := regexp.MustCompile(`\b(?:app|judging|cmd)/[a-z/]+`).FindAllString(picture, -1)
	for _, p := range found {
		if info, err := os.Stat(filepath.Join("..", filepath.FromSlash(p))); err != nil || !info.IsDir() {
			t.Errorf("the picture names %s, which is no package", p)
		}
	}
	if len(found) < 15 {
		t.Errorf("only %d packages found in the picture", len(found))
	}
}

func TestAPathThatIsNotThereIsFound(t *testing.T) {
	all, absent := paths("see `judging/work.go`, `judging/nowork.go` and `make check`")
	if len(all) != 2 || len(absent) != 1 || absent[0] != "judging/nowork.go" {
		t.Errorf("found %q, absent %q", all, absent)
	}
}
