//go:build hold

// Package hold names libraries that are about to be used.
package hold

import (
	_ "filippo.io/age"
	_ "github.com/bodgit/sevenzip"
	_ "github.com/gen2brain/heic"
	_ "github.com/klauspost/compress/zstd"
	_ "github.com/klippa-app/go-pdfium/webassembly"
	_ "github.com/mozillazg/go-pinyin"
	_ "github.com/nwaples/rardecode/v2"
	_ "github.com/signintech/gopdf"
	_ "github.com/skip2/go-qrcode"
	_ "golang.org/x/crypto/argon2"
	_ "golang.org/x/image/draw"
	_ "golang.org/x/text/collate"
	_ "golang.org/x/sync/errgroup"
)
