// Package docs holds the manual and the release notes, in each language one Markdown file of each, as people read
// them in the repository and as the window shows them at F1.
//
// A section of the manual begins with a heading and a line <!-- page: kind ... --> that names the pages it helps
// with. The window shows headings, paragraphs, lists and pictures; it needs nothing else of Markdown.
package docs

import (
	"embed"
	"slices"
	"strings"
)

//go:embed manual.zh-Hans.md
var chinese string

//go:embed manual.en.md
var english string

//go:embed releases.zh-Hans.md
var chineseReleases string

//go:embed releases.en.md
var englishReleases string

//go:embed pictures/*.png
var pictureFiles embed.FS

// Section is a part of the manual under a heading of the second level.
type Section struct {
	Title string
	Pages []string // kinds of routes it helps with
	Lines []Line
}

// Line is one paragraph, list item, heading or picture of a section.
type Line struct {
	Kind LineKind
	Text string // without marks of Markdown; of a picture its caption
	File string // of a picture, for ReadPicture
}

// ReadPicture returns the bytes of a picture, a PNG; nil for one that is not there.
func ReadPicture(file string) []byte {
	data, err := pictureFiles.ReadFile(file)
	if err != nil {
		return nil
	}
	return data
}

// LineKind says how a line is set.
type LineKind int

// The kinds.
const (
	Paragraph LineKind = iota
	Heading
	Item
	Step // of a numbered list; Text begins with the number
	Picture
)

// Manual returns the sections of a language, "zh-Hans" or "en", in order.
func Manual(lang string) []Section {
	text := chinese
	if lang == "en" {
		text = english
	}
	var out []Section
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		title, is := strings.CutPrefix(line, "## ")
		switch {
		case is:
			out = append(out, Section{Title: title})
		case len(out) > 0 && line != "":
			out[len(out)-1].add(line)
		}
	}
	return out
}

// ReleasesPage is what the section of release notes stands under in place of a page.
const ReleasesPage = "releases"

// Releases returns the release notes of a language, "zh-Hans" or "en", as one section: a heading for each release,
// the newest first, and what it brings.
func Releases(lang string) Section {
	text := chineseReleases
	if lang == "en" {
		text = englishReleases
	}
	out := Section{Pages: []string{ReleasesPage}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if title, is := strings.CutPrefix(line, "# "); is {
			out.Title = title
		} else if release, is := strings.CutPrefix(line, "## "); is {
			out.Lines = append(out.Lines, Line{Kind: Heading, Text: release})
		} else if line != "" {
			out.add(line)
		}
	}
	return out
}

// About returns the section that helps with a page, and false where none does.
func About(all []Section, page string) (Section, bool) {
	i := slices.IndexFunc(all, func(s Section) bool { return slices.Contains(s.Pages, page) })
	if i < 0 {
		return Section{}, false
	}
	return all[i], true
}

func (s *Section) add(line string) {
	if pages, is := strings.CutPrefix(line, "<!-- page:"); is {
		s.Pages = strings.Fields(strings.TrimSuffix(pages, "-->"))
		return
	}
	if rest, is := strings.CutPrefix(line, "!["); is {
		caption, file, _ := strings.Cut(strings.TrimSuffix(rest, ")"), "](")
		s.Lines = append(s.Lines, Line{Picture, caption, file})
		return
	}
	kind := Paragraph
	for _, mark := range []struct {
		prefix string
		kind   LineKind
	}{{"### ", Heading}, {"- ", Item}} {
		if rest, is := strings.CutPrefix(line, mark.prefix); is {
			kind, line = mark.kind, rest
		}
	}
	if n := strings.IndexByte(line, '.'); n > 0 && n < 3 && strings.Trim(line[:n], "0123456789") == "" {
		kind = Step
	}
	s.Lines = append(s.Lines, Line{Kind: kind, Text: plain(line)})
}

// plain takes marks of emphasis, code and links off a line.
func plain(line string) string {
	line = strings.NewReplacer("**", "", "`", "").Replace(line)
	for {
		open := strings.IndexByte(line, '[')
		middle := strings.Index(line, "](")
		if open < 0 || middle < open {
			return line
		}
		end := strings.IndexByte(line[middle:], ')')
		if end < 0 {
			return line
		}
		line = line[:open] + line[open+1:middle] + line[middle+end+1:]
	}
}
