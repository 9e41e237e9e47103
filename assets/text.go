// Package assets holds what the programs carry with them: the text catalogue in every language and the bundled rules of contests.
// Fonts, headers and the sample's words have small packages of their own below it, so that a program embeds only what it uses.
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed text/*.json
var textFiles embed.FS

// Languages lists the languages of the catalogue, the first one being the one to start with.
var Languages = []string{"zh-Hans", "en"}

// Catalogue holds every text in every language.
type Catalogue struct {
	bundle *i18n.Bundle
}

// Load reads the embedded catalogue. An error means that the program was built from broken files.
func Load() (*Catalogue, error) {
	b := i18n.NewBundle(language.SimplifiedChinese)
	b.RegisterUnmarshalFunc("json", json.Unmarshal)
	files, err := fs.Glob(textFiles, "text/*.json")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if _, err := b.LoadMessageFileFS(textFiles, f); err != nil {
			return nil, fmt.Errorf("text catalogue %s: %w", f, err)
		}
	}
	return &Catalogue{b}, nil
}

// Text speaks one language. It is a value and is passed as one: a window, a certificate and a web page may each speak another.
type Text struct {
	Lang string
	loc  *i18n.Localizer
}

// In returns the texts of lang ("zh-Hans", "en", "zh_CN.UTF-8"): English for any en, Chinese for all else.
func (c *Catalogue) In(lang string) Text {
	l := Languages[0]
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		l = "en"
	}
	return Text{l, i18n.NewLocalizer(c.bundle, l)}
}

// reader reads texts that call functions. Unlike the library's own it lets a text be read once and kept, as its functions are always the same.
type reader struct{ template.TextParser }

func (*reader) Cacheable() bool { return true }

var texting = &reader{template.TextParser{Funcs: functions}}

// T returns the text of key with args filled in. An unknown key comes back as it is.
func (t Text) T(key string, args map[string]any) string {
	s, err := t.loc.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: args, TemplateParser: texting})
	if err != nil {
		return key
	}
	return s
}

// message is what an error that speaks by the catalogue offers; judging.Error does.
type message interface {
	Message() (key string, args map[string]any)
}

// Err tells err to a user: each joined error on a line of its own. An error that does not speak by the catalogue is told as an internal fault.
// It returns "" for nil.
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
		return t.T(key, args)
	}
	return t.T("error.internal", map[string]any{"Detail": err.Error()})
}
