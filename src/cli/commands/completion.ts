/** `completion`: what shells complete `hookloom` by. */
import { CliError, exitCodes } from '../exit.ts';
import { print } from '../output.ts';

/** Prints the completion of a shell. */
export function completion(shell: string, commands: readonly string[]): void {
  const words = commands.join(' ');
  const scripts: Record<string, string> = {
    bash: `_hookloom() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${words}" -- "$word")); else COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -F _hookloom hookloom`,
    zsh: `#compdef hookloom
_hookloom() { if (( CURRENT == 2 )); then compadd ${words}; else _files; fi }
compdef _hookloom hookloom`,
    fish: `complete -c hookloom -n __fish_use_subcommand -f -a "${words}"`,
  };
  const script = scripts[shell];
  if (script === undefined)
    throw new CliError(`Expected bash, zsh or fish; came ${shell}.`, { exitCode: exitCodes.usage });
  print(script);
}
