package command

import (
	"io"

	"github.com/BurntSushi/toml"

	"fayi/judging"
)

// ReadMap reads corrections of columns: a TOML file with a table [columns], header or letter = field.
func ReadMap(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	f, err := OpenInput(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var file struct {
		Columns map[string]string `toml:"columns"`
	}
	if _, err := toml.NewDecoder(io.LimitReader(f, 1<<20)).Decode(&file); err != nil || len(file.Columns) == 0 {
		return nil, judging.Fail(judging.Invalid, "cli.bad_map", judging.Args{"Path": path}).Because(err)
	}
	return file.Columns, nil
}
