package archive

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestAWindowThatNoHonestArchiveNeedsIsRefused(t *testing.T) {
	in := []io.ReadCloser{io.NopCloser(strings.NewReader("\x00"))}
	for _, p := range [][]byte{nil, {0x5D, 0, 0, 0, 0xFF}, {0x5D, 0, 0, 0}} {
		if _, err := lzmaReader(p, 10, in); !errors.Is(err, errWindow) {
			t.Errorf("LZMA %x: %v", p, err)
		}
	}
	for _, p := range [][]byte{nil, {40}, {39}, {33}, {41}, {255}, {1, 2}} {
		if _, err := lzma2Reader(p, 10, in); !errors.Is(err, errWindow) {
			t.Errorf("LZMA2 %x: %v", p, err)
		}
	}
	if _, err := lzma2Reader([]byte{24}, 10, in); err != nil { // 16 MiB
		t.Error(err)
	}
}
