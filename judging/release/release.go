// Package release tells whether a file of a release is what the maintainer handed out: signed with their key, in the
// format of minisign (https://jedisct1.github.io/minisign/), so that anybody can check the same without this program.
// It reads the file and its signature and changes nothing. It does not tell who may be trusted: that is the key.
package release

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"unicode"

	"aead.dev/minisign"

	"fayi/internal/regular"
	"fayi/judging"
)

// Ending is added to the name of a file to get that of its signature.
const Ending = ".minisig"

// Sizes of what is read whole, in bytes; true ones have some hundreds.
const (
	mostSignature = 16 << 10
	mostKey       = 4 << 10
)

// key is the maintainer's public key, written by the linker when a release is packed with the key at hand.
var key string

// Seal is what a right signature vouches for.
type Seal struct {
	File    string `json:"file"`    // name, without folder
	SHA256  string `json:"sha256"`  // of the whole file, 64 hexadecimal digits
	Comment string `json:"comment"` // what the maintainer signed along with it, on one line
	Key     string `json:"key"`     // the public key that fits, as minisign prints it
}

// Verify checks the file at path against its signature, which stands next to it under the same name with Ending. The
// public key is read from keyFile; if that is "", the key of this program's own release serves.
//
// Errors: Invalid if there is no key to check with, or a key or signature is not of the format; NotFound without file
// or signature; Corrupt if the signature doesn't fit the file, was made with another key or for a file of another name;
// Unavailable.
func Verify(path, keyFile string) (Seal, error) {
	public, err := publicKey(keyFile)
	if err != nil {
		return Seal{}, err
	}
	text, err := whole(path+Ending, mostSignature)
	if errors.Is(err, fs.ErrNotExist) {
		return Seal{}, judging.Fail(judging.NotFound, "release.no_signature", name(path)).Because(err)
	} else if err != nil {
		return Seal{}, unreadable(path+Ending, err)
	}
	var signature minisign.Signature
	if err := signature.UnmarshalText(text); err != nil || signature.Algorithm != minisign.HashEdDSA {
		return Seal{}, judging.Fail(judging.Invalid, "release.bad_signature", name(path+Ending)).Because(err)
	}
	if signature.KeyID != public.ID() {
		return Seal{}, judging.Fail(judging.Corrupt, "release.other_key", name(path))
	}
	sum, fits, err := digest(path, public, text)
	if err != nil {
		return Seal{}, unreadable(path, err)
	}
	if !fits {
		return Seal{}, judging.Fail(judging.Corrupt, "release.altered", name(path))
	}
	if of := signedName(signature.TrustedComment); of != "" && of != filepath.Base(path) {
		return Seal{}, judging.Fail(judging.Corrupt, "release.other_file", judging.Args{
			"File": filepath.Base(path), "Name": of,
		})
	}
	return Seal{filepath.Base(path), sum, line(signature.TrustedComment), public.String()}, nil
}

// signedName is the name of the file that a comment was signed for, as "fayi 1.2.0 fayi-1.2.0-setup.exe"; "" where it
// names none. An older release with its own signature, under the name of a newer one, is found out by it.
func signedName(comment string) string {
	if words := strings.Fields(comment); len(words) == 3 && words[0] == "fayi" {
		return words[2]
	}
	return ""
}

// digest reads a file once for its sum and its signature.
func digest(path string, public minisign.PublicKey, signature []byte) (sum string, fits bool, err error) {
	f, err := regular.Open(path)
	if err != nil {
		return "", false, err
	}
	defer f.Close()
	hash := sha256.New()
	r := minisign.NewReader(io.TeeReader(f, hash))
	if _, err := io.Copy(io.Discard, r); err != nil {
		return "", false, err
	}
	return hex.EncodeToString(hash.Sum(nil)), r.Verify(public, signature), nil
}

func publicKey(file string) (public minisign.PublicKey, err error) {
	text := []byte(key)
	if file != "" {
		if text, err = whole(file, mostKey); err != nil {
			return public, unreadable(file, err)
		}
	}
	if len(text) == 0 {
		return public, judging.Fail(judging.Invalid, "release.no_key", nil)
	}
	if err := public.UnmarshalText(text); err != nil {
		return public, judging.Fail(judging.Invalid, "release.bad_key", name(file)).Because(err)
	}
	return public, nil
}

// whole reads a small regular file.
func whole(path string, most int64) ([]byte, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(text)) > most {
		err = errors.New("too large")
	}
	return text, err
}

func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return judging.Fail(judging.NotFound, "release.no_file", name(path)).Because(err)
	}
	return judging.Fail(judging.Unavailable, "release.unreadable", name(path)).Because(err)
}

func name(path string) judging.Args { return judging.Args{"File": filepath.Base(path)} }

// line makes a comment harmless to print: signed by whoever holds the key, but on one line and without control signs.
func line(comment string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, comment)
}
