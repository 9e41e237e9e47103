package store

import (
	"encoding/json"
	"strconv"

	"fayi/judging"
)

// maxVersion bounds a schema version, so that a damaged one can't overflow.
const maxVersion = 999_999

// A stored record is its schema version in decimal, a line feed, and JSON. The version is outside the JSON so that
// it is decoded once.

// encodeRecord returns the stored form of v.
func encodeRecord(version int, v any) ([]byte, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, judging.Fail(judging.Internal, "store.fault", nil).Because(err)
	}
	raw := make([]byte, 0, len(body)+8)
	raw = strconv.AppendInt(raw, int64(version), 10)
	raw = append(raw, '\n')
	return append(raw, body...), nil
}

// splitRecord splits a stored record. The body is part of raw.
func splitRecord(raw []byte) (version int, body []byte, ok bool) {
	for i, c := range raw {
		if c == '\n' {
			return version, raw[i+1:], version > 0
		}
		if c < '0' || c > '9' || (c == '0' && i == 0) {
			break
		}
		if version = version*10 + int(c-'0'); version > maxVersion {
			break
		}
	}
	return 0, nil, false
}
