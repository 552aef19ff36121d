/** The command line's entry; commands live in files beside this one. */
process.stderr.write('mcalc: no command is built in yet\n');
process.exitCode = 2;
