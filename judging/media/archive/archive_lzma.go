package archive

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"sync"

	"github.com/bodgit/sevenzip"
	"github.com/ulikunitz/xz/lzma"
)

var errWindow = errors.New("window larger than any honest archive needs")

// boundWindows makes the library take the decoders below in place of its own, which take as much memory for their
// window as a file says it wants: a file of a few bytes could ask for 4 GiB. PPMd, which does the same and is rare,
// is refused.
var boundWindows = sync.OnceFunc(func() {
	sevenzip.RegisterDecompressor([]byte{0x03, 0x01, 0x01}, lzmaReader)
	sevenzip.RegisterDecompressor([]byte{0x21}, lzma2Reader)
	sevenzip.RegisterDecompressor([]byte{0x03, 0x04, 0x01}, func(
		[]byte, uint64, []io.ReadCloser,
	) (io.ReadCloser, error) {
		return nil, errWindow
	})
})

// lzmaReader decodes LZMA: five bytes of properties, of which the last four are the size of the window.
func lzmaReader(properties []byte, size uint64, in []io.ReadCloser) (io.ReadCloser, error) {
	if len(properties) != 5 || len(in) != 1 || binary.LittleEndian.Uint32(properties[1:]) > maxDictionary {
		return nil, errWindow
	}
	head := binary.LittleEndian.AppendUint64(append([]byte(nil), properties...), size)
	r, err := lzma.NewReader(bufio.NewReader(io.MultiReader(bytes.NewReader(head), in[0])))
	if err != nil {
		return nil, err
	}
	return limited{r, in[0].Close}, nil
}

// lzma2Reader decodes LZMA2, whose one byte of properties stands for the size of the window: 4 KiB, 6, 8, 12, … up
// to 4 GiB.
func lzma2Reader(properties []byte, _ uint64, in []io.ReadCloser) (io.ReadCloser, error) {
	if len(properties) != 1 || len(in) != 1 || properties[0] > 40 {
		return nil, errWindow
	}
	window := int64(2|properties[0]&1) << (properties[0]/2 + 11)
	if window > maxDictionary {
		return nil, errWindow
	}
	r, err := lzma.Reader2Config{DictCap: int(window)}.NewReader2(bufio.NewReader(in[0]))
	if err != nil {
		return nil, err
	}
	return limited{r, in[0].Close}, nil
}
