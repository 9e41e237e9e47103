package scrub_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"fayi/judging/media/scrub"
)

func TestOne(t *testing.T) {
	b, err := os.ReadFile(os.Getenv("ONE"))
	if err != nil {
		t.Skip()
	}
	var out bytes.Buffer
	got, err := scrub.Copy(t.Context(), &out, bytes.NewReader(b), int64(len(b)))
	t.Logf("%v %+v %v", got, err, errors.Unwrap(err))
	os.WriteFile("/tmp/one.out", out.Bytes(), 0o644)
}
