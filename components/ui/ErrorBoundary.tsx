import { Component, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { ErrorNotice } from './ErrorNotice';

interface Props {
  children: ReactNode;
}

/** A view that breaks says so and offers to start again; an empty white panel would say nothing. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <main className="p-4">
        <h1 className="sr-only">{i18n.t('extName')}</h1>
        <ErrorNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </main>
    );
  }
}
