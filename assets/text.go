// Package assets holds what the programs carry with them: the text catalogue in every language and the bundled
// rules of contests. Fonts, headers and the sample's words have small packages of their own below it, so that a
// program embeds only what it uses.
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"strings"
	"sync"
	"text/template"
)

//go:embed text/*.json
var textFiles embed.FS

// Languages lists the languages of the catalogue, the first one being the one to start with.
var Languages = []string{"zh-Hans", "en"}

// Catalogue holds every text in every language. A language is read when it is first asked for.
type Catalogue struct {
	tongues map[string]func() (*tongue, error)
}

// Load returns the embedded catalogue with its first language read, the same one each time. An error means that the
// program was built from broken files.
func Load() (*Catalogue, error) { return loaded() }

var loaded = sync.OnceValues(load)

func load() (*Catalogue, error) {
	c := &Catalogue{map[string]func() (*tongue, error){}}
	for _, lang := range Languages {
		c.tongues[lang] = sync.OnceValues(func() (*tongue, error) { return read(lang) })
	}
	_, err := c.tongues[Languages[0]]()
	return c, err
}

// tongue is the catalogue in one language.
type tongue struct {
	words  map[string]string // by key; arguments have their places in them in the form of text/template
	parsed sync.Map          // key -> *template.Template, of texts that were asked for before
	shown  sync.Map          // as parsed, of texts whose arguments go through Text.shown
}

// read reads the files of one language.
func read(lang string) (*tongue, error) {
	files, err := fs.Glob(textFiles, "text/*."+lang+".json")
	if err != nil {
		return nil, err
	}
	out := &tongue{words: map[string]string{}}
	for _, f := range files {
		data, err := textFiles.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &out.words); err != nil {
			return nil, fmt.Errorf("text catalogue %s: %w", f, err)
		}
	}
	return out, nil
}

// fill returns the words of key with args in their places, each as shown says it where shown is not nil.
func (t *tongue) fill(key string, args map[string]any, shown func(string) string) (string, error) {
	cache, given := &t.parsed, args
	if shown != nil {
		cache, given = &t.shown, map[string]any{shownArg: shown}
		maps.Copy(given, args)
	}
	known, ok := cache.Load(key)
	if !ok {
		places, err := template.New("").Funcs(t.functions()).Parse(t.words[key])
		if err != nil {
			return "", err
		}
		if shown != nil {
			showPlaces(places.Root)
		}
		known, _ = cache.LoadOrStore(key, places)
	}
	var out strings.Builder
	err := known.(*template.Template).Execute(&out, given)
	return out.String(), err
}

// Text speaks one language. It is a value and is passed as one: a window, a certificate and a web page may each
// speak another.
type Text struct {
	Lang   string
	tongue *tongue
	called func(id string) (string, bool)
	asides string
	shown  func(string) string
}

// Showing returns t with shown between the arguments of texts and the reader: what a text itself says stays as it is,
// its line ends, too.
func (t Text) Showing(shown func(string) string) Text {
	t.shown = shown
	return t
}

// Adding returns t with what only some readers need: behind a text AREA.NAME it says the one whose key is prefix with
// AREA_NAME behind it, where there is one. Who types commands so gets the flag to add, which in the window's message
// would be a riddle.
func (t Text) Adding(prefix string) Text {
	t.asides = prefix
	return t
}

// Calling returns t with names in place of the identities that errors speak of: called returns what people call a
// thing, false for what is not the identity of one. Errors are made where names are not at hand.
func (t Text) Calling(called func(id string) (string, bool)) Text {
	t.called = called
	return t
}

// named returns args with names in place of identities.
func (t Text) named(args map[string]any) map[string]any {
	if t.called == nil {
		return args
	}
	out := make(map[string]any, len(args))
	for key, v := range args {
		out[key] = v
		if r := reflect.ValueOf(v); r.Kind() == reflect.String {
			if name, known := t.called(r.String()); known {
				out[key] = name
			}
		}
	}
	return out
}

// In returns the texts of lang ("zh-Hans", "en", "zh_CN.UTF-8"): English for any en, Chinese for all else. Like
// Load it may meet broken files; it panics then.
func (c *Catalogue) In(lang string) Text {
	l := Languages[0]
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		l = "en"
	}
	t, err := c.tongues[l]()
	if err != nil {
		panic(err)
	}
	return Text{Lang: l, tongue: t}
}

// T returns the text of key with args filled in. T returns an unknown key as it is, and the key of a text that
// fails with args.
func (t Text) T(key string, args map[string]any) string {
	said := t.say(key, args)
	if t.asides == "" {
		return said
	}
	aside := t.asides + flat(key)
	if _, ok := t.tongue.words[aside]; !ok {
		return said
	}
	if !strings.HasSuffix(said, "。") {
		said += " "
	}
	return said + t.say(aside, args)
}

func (t Text) say(key string, args map[string]any) string {
	words, ok := t.tongue.words[key]
	if !ok {
		return key
	}
	if !strings.Contains(words, "{{") {
		return words
	}
	told, err := t.tongue.fill(key, args, t.shown)
	if err != nil {
		return key
	}
	return told
}

// message is what an error that speaks by the catalogue offers; judging.Error does.
type message interface {
	Message() (key string, args map[string]any)
}

// Err returns err in words for a user, each joined error on a line of its own. An error of the system is said in words
// of its kind; any other without a key of the catalogue is an internal fault, whose details are not for users. It
// returns "" for nil.
func (t Text) Err(err error) string {
	if err == nil {
		return ""
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var lines []string
		for _, e := range many.Unwrap() {
			lines = append(lines, t.Err(e))
		}
		return strings.Join(lines, "\n")
	}
	if m := message(nil); errors.As(err, &m) {
		key, args := m.Message()
		return t.T(key, t.named(args))
	}
	key, args := ofSystem(err)
	return t.T(key, args)
}
