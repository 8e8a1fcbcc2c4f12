import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import type { CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import { cspNonce } from '../app/csp-nonce.ts';
import { rangeOf } from './json-places.ts';
import classes from './json-editor.module.css';

/** Something to be said of a place of the text. */
export interface Remark {
  severity: 'error' | 'warning';
  pointer: string;
  message: string;
}

/** What the page can ask of an editor. */
export interface JsonEditorHandle {
  /** Selects what a pointer names and brings it into sight. */
  reveal(pointer: string): void;
}

interface JsonEditorProps {
  text: string;
  label: string;
  isReadOnly?: boolean;
  remarks?: readonly Remark[];
  complete?: CompletionSource | undefined;
  onChange: (text: string) => void;
  /** The cursor was moved by hand. */
  onPlace?: (state: EditorState) => void;
  handle?: Ref<JsonEditorHandle>;
}

/** A text of JSON that one can edit, with remarks in their places. */
export function JsonEditor(props: JsonEditorProps) {
  const { text, remarks = [], handle } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const made = new EditorView({
      parent: box.current ?? undefined,
      state: EditorState.create({ doc: latest.current.text, extensions: extensionsOf(latest) }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const doc = view.current?.state.doc;
    if (!doc || doc.toString() === text) return;
    view.current?.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    const { current } = view;
    if (current) current.dispatch(setDiagnostics(current.state, diagnosticsOf(current.state, remarks)));
  }, [remarks]);
  useImperativeHandle(
    handle,
    () => ({ reveal: (pointer) => view.current && reveal(view.current, pointer) }),
    [],
  );
  return <div ref={box} className={classes.box} />;
}

function reveal(view: EditorView, pointer: string): void {
  const { from, to } = rangeOf(view.state, pointer);
  view.dispatch({
    // The cursor stands at the begin: its line is the one that is marked.
    selection: { anchor: to, head: from },
    effects: EditorView.scrollIntoView(from, { y: 'start', yMargin: 40 }),
  });
  view.focus();
}

function diagnosticsOf(state: EditorState, remarks: readonly Remark[]): Diagnostic[] {
  return remarks
    .map(({ severity, pointer, message }) => ({ ...headOf(state, pointer), severity, message }))
    .sort((a, b) => a.from - b.from);
}

/** A remark stands at the first line of what it is about: the whole of a node would be underlined. */
function headOf(state: EditorState, pointer: string): { from: number; to: number } {
  const { from, to } = rangeOf(state, pointer);
  return { from, to: Math.max(from, Math.min(to, state.doc.lineAt(from).to)) };
}

function extensionsOf(latest: { current: JsonEditorProps }) {
  const { label, isReadOnly = false } = latest.current;
  return [
    EditorView.cspNonce.of(cspNonce),
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      ...(isReadOnly ? { 'aria-readonly': 'true' } : {}),
    }),
    EditorView.lineWrapping,
    lineNumbers(),
    lintGutter(),
    codeFolding(),
    foldGutter(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    json(),
    syntaxHighlighting(colours),
    autocompletion({ override: [(context) => latest.current.complete?.(context) ?? null] }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...foldKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
      const isByHand = update.transactions.some(
        (one) => one.isUserEvent('select') || one.isUserEvent('input'),
      );
      if (update.selectionSet && isByHand) latest.current.onPlace?.(update.state);
    }),
  ];
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--hl-json-name)' },
  { tag: tags.string, color: 'var(--hl-json-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--hl-json-value)' },
]);
