import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Problem } from './page.tsx';

/** What is asked before something is done. */
interface Confirming {
  title: string;
  /** What will happen, in a sentence. */
  says: ReactNode;
  /** What the button says: the deed, not "OK". */
  does: string;
  isDangerous?: boolean;
  isDisabled?: boolean;
  children?: ReactNode;
  onConfirm: () => Promise<unknown>;
  /** When it is over: done, or not wanted. */
  onClose: () => void;
  /** When it is not wanted; default: `onClose`. */
  onCancel?: () => void;
}

/** Asks before something is done, and says what it will do. Stays open with the problem when it does not work. */
export function Confirm(given: Confirming) {
  const { title, says, does, isDangerous = false, isDisabled = false, children } = given;
  const { onConfirm, onClose, onCancel = onClose } = given;
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const act = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onCancel} title={title}>
      <Stack gap="sm">
        <Text size="sm" component="div">
          {says}
        </Text>
        {children}
        {error !== undefined && <Problem error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Not now
          </Button>
          <Button
            color={isDangerous ? 'red.9' : undefined}
            loading={isBusy}
            disabled={isDisabled}
            onClick={() => void act()}
            data-autofocus
          >
            {does}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
