package xmltree

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/trace"
)

func TestATreeIsWrittenAsItWasRead(t *testing.T) {
	const part = xml.Header +
		`<a:r xmlns:a="u" a:k="1 &amp; &#x9;&quot;2&quot;"><b/>x &lt;y&gt; &amp;<a:c>&#xD;z</a:c></a:r>`
	n, err := Read([]byte(part))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(Write(n)); got != part {
		t.Errorf("wrote %s", got)
	}
	if n.Attr("k") != "1 & \t\"2\"" || n.Attr("a") != "" || n.Attr("none") != "" {
		t.Errorf("attributes %q, %q", n.Attr("k"), n.Attr("a"))
	}
	if c := n.Child("c"); c == nil || c.Words() != "\rz" || n.Child("z") != nil {
		t.Errorf("child %+v", c)
	}
	if n.Words() != "x <y> &\rz" {
		t.Errorf("words %q", n.Words())
	}
}

func TestCommentsInstructionsAndTypesAreLeftOut(t *testing.T) {
	n, err := Read([]byte(`<?xml version="1.0"?><!DOCTYPE r><!-- by somebody --><r><?p by?><!-- by -->x</r>`))
	if err != nil || string(Write(n)) != xml.Header+"<r>x</r>" {
		t.Errorf("%v, %+v", err, n)
	}
}

func TestBrokenPartsAreRefused(t *testing.T) {
	for _, part := range []string{
		"", "text", "<r>", "<r></s>", "<a:r></b:r>", "</r>", "<r/><r/>", "<r><s></r></s>", "<r", "<r>&none;</r>",
	} {
		if _, err := Read([]byte(part)); !errors.Is(err, trace.ErrBroken) {
			t.Errorf("%q: %v", part, err)
		}
	}
}

func TestPartsBeyondTheLimitsAreRefused(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }
	for name, c := range map[string]struct {
		part string
		ok   bool
	}{
		"as deep as may be":  {nested(maxDepth), true},
		"deeper":             {nested(maxDepth + 1), false},
		"as many as may be":  {"<r>" + strings.Repeat("<a/>", maxNodes-1) + "</r>", true},
		"more elements":      {"<r>" + strings.Repeat("<a/>", maxNodes) + "</r>", false},
		"more runs of text":  {"<r>" + strings.Repeat("x<a/>", maxNodes/2) + "</r>", false},
		"more text than may": {"<r>" + strings.Repeat("x", MaxBytes) + "</r>", false},
	} {
		_, err := Read([]byte(c.part))
		var own *judging.Error
		if c.ok && err != nil || !c.ok && (!errors.As(err, &own) || own.Text != "scrub.too_big") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPartsAreKnownByTheirNames(t *testing.T) {
	for name, want := range map[string]bool{
		"word/document.xml": true, "_rels/.RELS": true, "word/media/a.png": false, "xml": false, "a.xml.bin": false,
	} {
		if IsPart(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
