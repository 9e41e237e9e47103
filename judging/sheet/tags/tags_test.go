package tags

import (
	"io"
	"strings"
	"testing"
)

func TestTagsAreWalked(t *testing.T) {
	const page = `<?xml version="1.0"?><!DOCTYPE x><!-- <no> --><x:a b='1' c = "it's > 2"/>text ` +
		`&lt;&#20070;&amp;<![CDATA[<&amp;>]]>more` +
		"\r\n" + `</a><e/>`
	tg := New(strings.NewReader(page))
	var got []string
	for {
		err := tg.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		s, err := tg.Said()
		if err != nil {
			t.Fatal(err)
		}
		mark := "<"
		if tg.End {
			mark = "</"
		}
		if tg.Empty {
			mark = "<>"
		}
		got = append(
			got, s+mark+string(tg.Name)+" "+string(tg.Attr("b"))+"|"+string(tg.Attr("c"))+"|"+string(tg.Attr("d")),
		)
	}
	want := []string{"<>a 1|it's > 2|", "text <书&<&amp;>more\n</a ||", "<>e ||"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}
