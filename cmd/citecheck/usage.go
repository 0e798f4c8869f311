package main

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"citecheck/pipeline/batch"
)

// needs holds a command to at least, or at most, so many words that are no
// flags; what says what they are.
func needs(least, most int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return errors.New("name " + what)
		}
		return nil
	}
}

// anyNumber is a number of words that no command line reaches.
const anyNumber = 1 << 30

// unknown says of a word that begins no known command which may be meant. It
// may as well have been meant as a file.
func unknown(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	says := "unknown command " + args[0]
	if !cmd.HasParent() {
		says += ", and there is no file or folder of this name here"
	}
	if near := batch.Nearest(args[0], names); near != "" {
		says += ". Is " + near + " meant?"
	}
	return errors.New(says)
}

// flagError says of a flag that is none which one may be meant, and of a
// value what would do.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name, dashes := unknown.GetSpecifiedName(), "--"
		if letters := unknown.GetSpecifiedShortnames(); letters != "" {
			name, dashes = letters, "-"
		}
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := batch.Nearest(name, names); near != "" {
			return fmt.Errorf("unknown flag: %s%s. Is --%s meant?", dashes, name, near)
		}
		return fmt.Errorf("unknown flag: %s%s", dashes, name)
	case errors.As(err, &value):
		return fmt.Errorf("--%s %s: %s is expected", value.GetFlag().Name, value.GetValue(), expected(value.GetFlag().Value.Type()))
	}
	return err
}

// expected says for people what a flag of a type takes.
func expected(kind string) string {
	switch kind {
	case "duration":
		return "a time with its unit, such as 30s or 2m,"
	case "int", "int64":
		return "a whole number"
	case "bool":
		return "true or false"
	}
	return "a " + kind
}

// howTo names the command's own help, and how it is called.
func howTo(cmd *cobra.Command) string {
	if cmd.HasSubCommands() {
		return fmt.Sprintf("Run %s --help for the commands.", cmd.CommandPath())
	}
	return fmt.Sprintf("Usage: %s (%s --help has the flags)", strings.TrimSuffix(cmd.UseLine(), " [flags]"), cmd.CommandPath())
}

// withAdvice adds to why a run into the folder out failed what to do about it.
func withAdvice(err error, out string) error {
	switch {
	case diskFull(err):
		return fmt.Errorf("the disk is full (%w). What was finished is kept in %s: make room, and run the same command again to go on", err, out)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w. Name a folder that you may write to with --out", err)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("--out %s: a file is in the way (%w). Name a folder", out, err)
	case errors.Is(err, batch.ErrInUse):
		return fmt.Errorf("%w. Wait for its end, or name another folder with --out", err)
	case errors.Is(err, batch.ErrForeign):
		return fmt.Errorf("%w. Name another folder with --out, or move it away", err)
	}
	return err
}

func diskFull(err error) bool {
	const windowsFull = syscall.Errno(112) // ERROR_DISK_FULL
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || runtime.GOOS == "windows" && errors.Is(err, windowsFull)
}

// ofFile says what hindered the writing of name, though it was another file
// beside it that was written first.
func ofFile(name string, err error) error {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return err
	}
	err = &fs.PathError{Op: "write", Path: name, Err: p.Err}
	switch {
	case diskFull(err):
		return fmt.Errorf("%w. Make room, and run the same command again", err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w. Name a file where you may write", err)
	}
	return err
}

// cause is err without the path, where the message names it already.
func cause(err error) error {
	if p, ok := err.(*fs.PathError); ok { // what wraps one says more
		return p.Err
	}
	return err
}
