package pagetest

import (
	"testing"

	"fayi/assets"
)

func Chinese(t *testing.T) assets.Text {
	t.Helper()
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	return texts.In("zh-Hans")
}
