package judging

import (
	"math"
	"path"
	"slices"
	"strings"

	"fayi/judging/filetype"
)

// FileFacts is what was found in a file's content. Zero says that it does not apply or was not found.
type FileFacts struct {
	Kind    string  `json:"kind"`             // as File.Kind
	Format  string  `json:"format,omitempty"` // jpeg, mp4, docx, …
	Bytes   int64   `json:"bytes"`
	Width   int     `json:"width,omitempty"` // pixels, as it is seen
	Height  int     `json:"height,omitempty"`
	Seconds float64 `json:"seconds,omitempty"`
	Words   int     `json:"words,omitempty"`
	Pages   int     `json:"pages,omitempty"`
	Broken  bool    `json:"broken,omitempty"` // its own program would not open it either
	Costly  bool    `json:"costly,omitempty"` // Broken only in that measuring it cost more than it may
	Cut     bool    `json:"cut,omitempty"`    // it ends before its content says it does
}

// Requires is what the notice asks of the files of a category. Zero asks nothing. Only files of the kinds asked for
// are held to formats and numbers: a note next to a picture need not have its pixels.
type Requires struct {
	Kinds      []string `toml:"kinds,omitempty" json:"kinds,omitempty"`     // at least one file is of one of them
	Formats    []string `toml:"formats,omitempty" json:"formats,omitempty"` // jpeg, png, mp4, …
	MinFiles   int      `toml:"min_files,omitempty" json:"min_files,omitempty"`
	MaxFiles   int      `toml:"max_files,omitempty" json:"max_files,omitempty"`
	MinMB      float64  `toml:"min_mb,omitempty" json:"min_mb,omitempty"` // of each file, 1,048,576 bytes
	MaxMB      float64  `toml:"max_mb,omitempty" json:"max_mb,omitempty"`
	MinLong    int      `toml:"min_long_side,omitempty" json:"min_long_side,omitempty"` // pixels
	MaxLong    int      `toml:"max_long_side,omitempty" json:"max_long_side,omitempty"`
	MinShort   int      `toml:"min_short_side,omitempty" json:"min_short_side,omitempty"`
	MinSeconds float64  `toml:"min_seconds,omitempty" json:"min_seconds,omitempty"`
	MaxSeconds float64  `toml:"max_seconds,omitempty" json:"max_seconds,omitempty"`
	MinWords   int      `toml:"min_words,omitempty" json:"min_words,omitempty"` // of all texts together
	MaxWords   int      `toml:"max_words,omitempty" json:"max_words,omitempty"`
}

// Shortfall is one thing in which a work does not keep to what is required. File counts from 1, 0 being the work as
// a whole.
type Shortfall struct {
	File int    `json:"file"`
	Text string `json:"code"` // catalogue key
	Args Args   `json:"args,omitempty"`
}

// Check lists in what a work's judged files do not keep to r. facts gives what was found in the file of a sum; a
// file not measured yet is held only to what is known without. A nil r asks only that no file is broken. None of
// this rejects a work: people decide.
func (r *Requires) Check(files []File, facts func(sum string) (FileFacts, bool)) []Shortfall {
	c := requireCheck{facts: facts}
	if r != nil {
		c.rules = *r
	}
	fit := 0
	for i, f := range files {
		if f.Aside {
			continue
		}
		c.count++
		switch {
		case len(c.rules.Kinds) == 0 || slices.Contains(c.rules.Kinds, f.Kind):
			fit++
			c.file(i+1, f)
		default:
			c.whole(i+1, f) // judges are to see it all the same
		}
	}
	c.number(fit)
	if c.counted {
		c.span("words", 0, float64(c.words), float64(c.rules.MinWords), float64(c.rules.MaxWords))
	}
	return c.out
}

type requireCheck struct {
	rules   Requires
	facts   func(string) (FileFacts, bool)
	count   int
	words   int
	counted bool // some text was read
	out     []Shortfall
}

func (c *requireCheck) tell(file int, key string, args Args) {
	c.out = append(c.out, Shortfall{file, key, args})
}

// number checks how many files there are, and that one is of a kind that is asked for.
func (c *requireCheck) number(fit int) {
	r := c.rules
	switch {
	case c.count == 0 && (r.MinFiles > 0 || len(r.Kinds) > 0):
		c.tell(0, "require.no_file", nil)
		return
	case fit == 0 && len(r.Kinds) > 0:
		if len(r.Kinds) == 1 {
			c.tell(0, "require.need_"+r.Kinds[0], nil)
		} else {
			c.tell(0, "require.need", nil)
		}
		return
	}
	if fit < r.MinFiles {
		c.tell(0, "require.few_files", Args{"Count": fit, "Limit": r.MinFiles})
	}
	if r.MaxFiles > 0 && fit > r.MaxFiles {
		c.tell(0, "require.many_files", Args{"Count": fit, "Limit": r.MaxFiles})
	}
}

// file checks one file.
func (c *requireCheck) file(n int, f File) {
	r := c.rules
	c.span("mb", n, float64(f.Bytes)/(1<<20), r.MinMB, r.MaxMB)
	x, known := c.facts(f.Sum)
	if !c.whole(n, f) || !known {
		return
	}
	if len(r.Formats) > 0 && x.Format != "" && !slices.Contains(r.Formats, x.Format) {
		c.tell(n, "require.format", Args{"Format": x.Format, "Formats": strings.Join(r.Formats, " ")})
	}
	if ext := extensionOf(f.Name); x.Format != "" && ext != "" && !sameFormat(ext, x.Format) {
		c.tell(n, "require.wrong_name", Args{"Ext": ext, "Format": x.Format})
	}
	if x.Width > 0 && x.Height > 0 {
		c.span("long", n, float64(max(x.Width, x.Height)), float64(r.MinLong), float64(r.MaxLong))
		c.span("short", n, float64(min(x.Width, x.Height)), float64(r.MinShort), 0)
	}
	if x.Seconds > 0 {
		c.span("seconds", n, math.Round(x.Seconds), r.MinSeconds, r.MaxSeconds)
	}
	if x.Words > 0 {
		c.words, c.counted = c.words+x.Words, true
	}
}

// whole tells of a file that can't be opened, and of one that ends too early, and reports whether it can be opened.
func (c *requireCheck) whole(n int, f File) bool {
	x, _ := c.facts(f.Sum)
	switch {
	case f.Bytes == 0:
		c.tell(n, "require.empty", nil)
		return false
	case x.Costly:
		c.tell(n, "require.costly", nil)
		return false
	case x.Broken:
		c.tell(n, "require.broken", nil)
		return false
	case x.Cut:
		c.tell(n, "require.cut", nil)
	}
	return true
}

// span checks that a number lies within two limits, of which 0 means no limit.
func (c *requireCheck) span(what string, n int, value, low, high float64) {
	switch {
	case value < low: // no value is below 0
		c.tell(n, "require.less_"+what, Args{"Value": round(value), "Limit": round(low)})
	case high > 0 && value > high:
		c.tell(n, "require.more_"+what, Args{"Value": round(value), "Limit": round(high)})
	}
}

// round leaves one digit behind the point, none where there is nothing to tell.
func round(v float64) float64 { return math.Round(v*10) / 10 }

func extensionOf(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
}

// fileFormats are the formats that rules may ask for, and fileKinds the kinds.
var (
	fileFormats = []string{
		"jpeg", "png", "gif", "tiff", "webp", "bmp", "heic", "avif", "mp4", "mov", "avi", "mkv", "wmv", "flv", "mpg",
		"mp3", "wav", "m4a",
		"flac",
		"ogg",
		"aac",
		"wma",
		"pdf",
		"docx",
		"doc",
		"wps",
		"pptx",
		"ppt",
		"odt",
		"rtf",
		"txt",
	}
	fileKinds = []string{"picture", "video", "audio", "document", "text"}
)

// sameFormat reports whether a name ending in ext may hold format; endings nobody knows may hold anything.
func sameFormat(ext, format string) bool {
	if other := filetype.FormatOf(ext); other != "" {
		ext = other
	}
	if ext == "wps" || format == "wps" || !slices.Contains(fileFormats, ext) {
		return true
	}
	return ext == format || ext == "mp4" && format == "mov" || ext == "mov" && format == "mp4" ||
		ext == "m4a" && format == "mp4"
}

// requires checks that what a category asks for can be.
func (c *rulesCheck) requires(cat Category) {
	r := cat.Requires
	for _, k := range r.Kinds {
		if !slices.Contains(fileKinds, k) {
			c.bad("rules.file_kind", Args{
				"Where": cat.Name,
				"Value": k,
				"Known": strings.Join(fileKinds, ", "),
			})
		}
	}
	for _, f := range r.Formats {
		if !slices.Contains(fileFormats, f) {
			c.bad("rules.file_format", Args{
				"Where": cat.Name,
				"Value": f,
				"Known": strings.Join(fileFormats, ", "),
			})
		}
	}
	for _, s := range []struct {
		name      string
		low, high float64
	}{
		{"files", float64(r.MinFiles), float64(r.MaxFiles)}, {"mb", r.MinMB, r.MaxMB},
		{"long_side", float64(r.MinLong), float64(r.MaxLong)},
		{"short_side", float64(r.MinShort), 0}, {"seconds", r.MinSeconds, r.MaxSeconds},
		{"words", float64(r.MinWords), float64(r.MaxWords)},
	} {
		// So written, it refuses what is no number.
		if !(s.low >= 0 && s.high >= 0) || s.high > 0 && s.low > s.high {
			c.bad("rules.bad_span", Args{"Where": cat.Name, "Name": s.name, "Low": s.low, "High": s.high})
		}
	}
}
