package diskspace

import "golang.org/x/sys/windows"

func free(dir string) (int64, error) {
	at, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var left uint64
	err = windows.GetDiskFreeSpaceEx(at, &left, nil, nil)
	return int64(left), err
}
