package worker

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
)

// TestAJobInThisProcessAnswersAlike: a program that never called Main, as a test, does its jobs itself.
func TestAJobInThisProcessAnswersAlike(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, []byte("法治"), 0o600); err != nil {
		t.Fatal(err)
	}
	apart = false
	defer func() { apart = true }()
	var out bytes.Buffer
	var answer struct {
		Said  string
		Bytes int
	}
	err := Do(t.Context(), "echo", path, map[string]string{"say": "甲"}, &out, &answer)
	if err != nil || out.String() != "法治" || answer.Said != "甲" || answer.Bytes != 6 {
		t.Errorf("%v, wrote %q, %+v", err, &out, answer)
	}
	if err := Do(t.Context(), "echo", path, map[string]string{}, &out, nil); err != nil {
		t.Errorf("nobody wants the answer: %v", err)
	}
	kept := answer
	err = Do(t.Context(), "refuse", path, nil, nil, &answer)
	if judging.CodeOf(err) != judging.Invalid || answer != kept {
		t.Errorf("%v, %+v", err, answer)
	}
}
