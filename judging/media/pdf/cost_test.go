package pdf_test

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/media/pdf"
)

// A form that draws itself four times has work for ever and fills all memory that it is given.
const selfCalling = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n" +
	"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
	"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>" +
	"\nendobj\n" +
	"4 0 obj\n<</Length 23>>\nstream\n/X Do /X Do /X Do /X Do\nendstream\nendobj\n" +
	"5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X 5 0 R>>>>/Length 23>>\n" +
	"stream\n/X Do /X Do /X Do /X Do\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 6>>\n%%EOF\n"

func TestAFormThatCallsItselfIsStopped(t *testing.T) {
	e := pdf.NewEngine(pdf.Config{})
	defer e.Close()
	clean := func(ctx context.Context) error {
		d, err := e.Open(ctx, bytes.NewReader([]byte(selfCalling)), int64(len(selfCalling)))
		if err != nil {
			return err
		}
		defer d.Close()
		_, err = d.Clean(ctx, io.Discard, nil)
		return err
	}
	if err := clean(t.Context()); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("it was let through: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var at time.Time
	time.AfterFunc(500*time.Millisecond, func() { at = time.Now(); cancel() })
	if err := clean(ctx); err != context.Canceled || time.Since(at) > 3*time.Second {
		t.Errorf("a cancel was obeyed after %v: %v", time.Since(at), err)
	}
}
